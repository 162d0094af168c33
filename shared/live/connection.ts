import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Item, Key, Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';
import { Interest, placesOf } from '#shared/live/interest.ts';
import { RemindReconnect } from '#shared/live/tasks.ts';
import { newTurn } from '#shared/live/turn.ts';
import { CloseCredentialSockets } from '#shared/organizations/tasks.ts';

/** The gateway closes every connection at this age. */
export const MAX_DURATION_S = 7200;
/** This long before it does, the client is given a new URL. */
export const RECONNECT_NOTICE_S = 300;
export const CONNECTIONS_PER_CREDENTIAL = 20;

/** An open live socket. */
export const LiveConnection = Interest.extend({
  connection_id: z.string(),
  kind: z.enum(['ticket', 'session']),
  /** An API key, or `session:` and the session its URL was for. */
  credential_id: z.string(),
  /** The OAuth client through which a person opened it. */
  client_id: z.string().nullable().default(null),
  /** The base URL it came by, for the URL to come back by. */
  live_url: z.string(),
  resume_after: z.string().nullable().default(null),
  /** Until then it is given a new ticket before it ends; a session's URL is good as long as the session. */
  renewable_until: z.string().nullable().default(null),
  /** When its credential ends by itself: it is closed then. */
  credential_until: z.string().nullable().default(null),
  connected_at: z.string(),
  expires_at: z.string(),
  version: z.int(),
});
export type LiveConnection = z.infer<typeof LiveConnection>;

/** What fans out from an event to a connection. */
export const Subscription = Interest.extend({
  connection_id: z.string(),
  kind: z.enum(['ticket', 'session']),
});
export type Subscription = z.infer<typeof Subscription>;

export type NewConnection = Omit<
  z.input<typeof LiveConnection>,
  'connected_at' | 'expires_at' | 'version'
>;

/**
 * Enters a connection, with `writes` that must hold with it. Its row shows itself to the stream, whose
 * reader greets it: nothing can be sent while the handshake is still under way.
 */
export async function openConnection(
  ctx: Context,
  opening: NewConnection,
  writes: readonly Write[],
): Promise<void> {
  const now = isoNow(ctx);
  const expires_at = plusSeconds(now, MAX_DURATION_S);
  const given = { ...opening, connected_at: now, expires_at, version: 1 };
  const connection = LiveConnection.parse(given);
  const { connection_id } = connection;
  const remindAt = plusSeconds(now, MAX_DURATION_S - RECONNECT_NOTICE_S);
  await commit(ctx, {
    aggregate: { kind: 'live_connection', id: connection_id, version: 1 },
    writes: [
      ...writes,
      ...ownerKeys(ctx, connection).map(
        (key): Write => ({ op: 'put', item: { ...key, ttl: ttlOf(connection) } }),
      ),
      { op: 'put', item: newTurn(connection_id, ttlOf(connection)) },
      ...subscriptionWrites(ctx, connection),
    ],
    carrier: connectionItem(connection),
    tasks: [dueTask(ctx, RemindReconnect, { connection_id }, remindAt), ...endOf(ctx, connection)],
  });
}

/** A connection does not outlive its credential. */
function endOf(ctx: Context, { credential_id, credential_until, expires_at }: LiveConnection) {
  if (credential_until === null || credential_until >= expires_at) return [];
  return [dueTask(ctx, CloseCredentialSockets, { credential_id }, credential_until)];
}

export async function findConnection(
  ctx: Pick<Context, 'table'>,
  connectionId: string,
): Promise<LiveConnection | undefined> {
  const item = await ctx.table.get(keys.liveConnection(connectionId));
  return item && LiveConnection.parse(item);
}

/** Throws ConditionFailed when the connection has changed meanwhile. */
export async function changeInterest(
  ctx: Context,
  before: LiveConnection,
  change: Pick<Interest, 'topics' | 'filter'>,
): Promise<LiveConnection> {
  const after = { ...before, ...change, version: before.version + 1 };
  const left = new Set(placesOf(after));
  const gone = placesOf(before).filter((place) => !left.has(place));
  await ctx.table.write([
    { op: 'put', item: connectionItem(after), when: { version: before.version } },
    ...gone.map((place): Write => ({ op: 'delete', key: subscriptionKey(ctx, place, before) })),
    ...subscriptionWrites(ctx, after),
  ]);
  return after;
}

/** Forgets a connection that is no more. */
export async function dropConnection(ctx: Context, connectionId: string): Promise<void> {
  const connection = await findConnection(ctx, connectionId);
  if (!connection) return;
  const all: Key[] = [
    keys.liveConnection(connectionId),
    keys.liveTurn(connectionId),
    ...ownerKeys(ctx, connection),
    ...placesOf(connection).map((place) => subscriptionKey(ctx, place, connection)),
  ];
  await ctx.table.write(all.map((key): Write => ({ op: 'delete', key })));
}

/** Where it is found when whoever opened it is no more: the credential, or the app that a person used. */
const ownerKeys = (
  { tenantId }: Context,
  { credential_id, client_id, connection_id }: LiveConnection,
): Key[] =>
  [credential_id, ...(client_id === null ? [] : [client_id])].map((owner) =>
    keys.liveOfCredential(tenantId, owner, connection_id),
  );

/** How many sockets a credential has open. */
export async function countOfCredential(ctx: Context, credentialId: string): Promise<number> {
  const { pk } = keys.liveOfCredential(ctx.tenantId, credentialId, '-');
  const { items } = await ctx.table.query({ pk, limit: CONNECTIONS_PER_CREDENTIAL });
  return items.length;
}

const connectionItem = (connection: LiveConnection): Item => ({
  ...connection,
  ...keys.liveConnection(connection.connection_id),
  ttl: ttlOf(connection),
});

function subscriptionWrites(ctx: Context, connection: LiveConnection): Write[] {
  const subscription = Subscription.parse(connection);
  return placesOf(connection).map((place) => ({
    op: 'put',
    item: {
      ...subscription,
      ...subscriptionKey(ctx, place, connection),
      ttl: ttlOf(connection),
    },
  }));
}

const subscriptionKey = (
  { tenantId }: Context,
  place: string,
  { connection_id }: LiveConnection,
): Key => keys.subscription(tenantId, place, connection_id);

/** Past the gateway's limit no connection is left, whether or not its end was heard of. */
const ttlOf = ({ expires_at }: LiveConnection): number =>
  Math.floor(Date.parse(expires_at) / 1000) + 60;
