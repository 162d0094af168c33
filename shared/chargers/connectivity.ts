import { Charger, Connection, type OcppVersion } from '#shared/chargers/charger.ts';
import { chargerView, completeChargers } from '#shared/chargers/charger-view.ts';
import { ChargerOffline, ChargerOnline } from '#shared/chargers/events.ts';
import { CheckConnection, ConfirmOffline } from '#shared/chargers/tasks.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { type EventType, eventOf } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import type { LogLevel } from '#shared/ocpp-log/level.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** A gateway connection lasts two hours at most; five minutes later a missing disconnect is certain. */
const CONNECTION_LIMIT_S = 2 * 3600 + 300;
/** Nothing can be sent before `$connect` has answered; what waits for the charger goes out after it. */
const SOCKET_OPENS_S = 2;

export async function findConnection(ctx: Context, id: string): Promise<Connection | undefined> {
  const item = await ctx.table.get(keys.connection(ctx.tenantId, id));
  return item && Connection.parse(item);
}

export interface NewConnection {
  readonly chargerId: string;
  readonly connectionId: string;
  readonly version: OcppVersion;
  readonly remoteIp: string | null;
  /** All where left out. */
  readonly logLevel?: LogLevel;
}

/**
 * A charger's socket opened. The newest wins: the socket it replaces is closed, and that socket's late
 * end will find another id in the row and change nothing.
 */
export async function connected(ctx: Context, opened: NewConnection): Promise<void> {
  const replaced = await retrying(async () => {
    const before = await findConnection(ctx, opened.chargerId);
    const charger = await chargerRow(ctx, opened.chargerId);
    // A charger that has booted once need not boot again on a mere reconnect.
    const ready = Boolean(charger?.booted_at) && charger?.registration === 'accepted';
    const wasUp = before?.state === 'online' || before?.state === 'reconnecting';
    await change(
      ctx,
      before,
      {
        charger_id: opened.chargerId,
        connection_id: opened.connectionId,
        state: ready ? 'online' : 'pending',
        since: wasUp && ready ? (before?.since ?? isoNow(ctx)) : isoNow(ctx),
        opened_at: isoNow(ctx),
        last_seen_at: isoNow(ctx),
        ocpp_version: opened.version,
        ocpp_log: opened.logLevel ?? 'all',
        remote_ip: opened.remoteIp,
        version: 0,
      },
      {
        ...(ready && !wasUp ? { event: ChargerOnline } : {}),
        tasks: [
          dueTask(
            ctx,
            CheckConnection,
            { charger_id: opened.chargerId, connection_id: opened.connectionId },
            plusSeconds(isoNow(ctx), CONNECTION_LIMIT_S),
          ),
          dueTask(
            ctx,
            DispatchCommands,
            { charger_id: opened.chargerId },
            plusSeconds(isoNow(ctx), SOCKET_OPENS_S),
          ),
        ],
      },
    );
    return before?.connection_id;
  });
  if (replaced && replaced !== opened.connectionId)
    await ctx.sockets.ocpp.close(replaced, 1008, 'Replaced by a newer connection');
}

/** The charger's boot was accepted: it is online, if its socket still is this row's. */
export async function bootAccepted(ctx: Context, chargerId: string): Promise<void> {
  await retrying(async () => {
    const before = await findConnection(ctx, chargerId);
    if (!before || before.state === 'online') return;
    await change(
      ctx,
      before,
      { ...before, state: 'online', since: isoNow(ctx), last_seen_at: isoNow(ctx) },
      {
        event: ChargerOnline,
      },
    );
  });
}

/** A socket closed, for whatever reason. Only the socket that the row names counts. */
export async function disconnected(
  ctx: Context,
  chargerId: string,
  connectionId: string,
): Promise<void> {
  const { offline_grace_seconds: grace } = await getOrganization(ctx);
  await retrying(async () => {
    const before = await findConnection(ctx, chargerId);
    if (before?.connection_id !== connectionId) return;
    const since = isoNow(ctx);
    const state = before.state === 'online' ? 'reconnecting' : before.state;
    const confirm = { charger_id: chargerId, since };
    await change(
      ctx,
      before,
      { ...before, connection_id: null, state, since },
      {
        tasks:
          state === 'reconnecting'
            ? [dueTask(ctx, ConfirmOffline, confirm, plusSeconds(since, grace))]
            : [],
      },
    );
  });
}

/**
 * This socket should be gone by now. If it still is the charger's, its end was never told: it is
 * closed for good, and counts as lost.
 */
export async function endOverdueConnection(
  ctx: Context,
  chargerId: string,
  connectionId: string,
): Promise<void> {
  const row = await findConnection(ctx, chargerId);
  if (row?.connection_id !== connectionId) return;
  await ctx.sockets.ocpp.close(connectionId, 1001, 'The connection has reached its limit');
  await disconnected(ctx, chargerId, connectionId);
}

/** The grace is over. Nothing happens if the charger came back meanwhile. */
export async function confirmOffline(
  ctx: Context,
  chargerId: string,
  since: string,
): Promise<void> {
  await retrying(async () => {
    const before = await findConnection(ctx, chargerId);
    if (before?.state !== 'reconnecting' || before.since !== since) return;
    await change(
      ctx,
      before,
      { ...before, state: 'offline', since: isoNow(ctx) },
      { event: ChargerOffline },
    );
  });
}

interface Consequence {
  readonly event?: EventType<typeof ChargerOnline.data>;
  readonly tasks?: readonly DueTask[];
}

async function change(
  ctx: Context,
  before: Connection | undefined,
  next: Connection,
  { event, tasks = [] }: Consequence,
): Promise<void> {
  const connection: Connection = { ...next, version: (before?.version ?? 0) + 1 };
  const events = event ? await eventsOf(ctx, event, connection) : [];
  const item = { ...connection, ...keys.connection(ctx.tenantId, connection.charger_id) };
  await commit(ctx, {
    aggregate: { kind: 'connection', id: connection.charger_id, version: connection.version },
    writes: [{ op: 'put', item, when: before ? { version: before.version } : 'absent' }],
    events,
    tasks,
  });
}

async function eventsOf(
  ctx: Context,
  event: EventType<typeof ChargerOnline.data>,
  connection: Connection,
): Promise<Recorded[]> {
  const charger = await chargerRow(ctx, connection.charger_id);
  if (!charger) return [];
  const [whole] = await completeChargers(ctx, [charger]);
  if (!whole) return [];
  const object = chargerView(ctx, { ...whole, connection });
  const scope = { charger_id: charger.id, site_id: charger.site_id };
  return [eventOf(ctx, event, { id: charger.id, version: object.resource_version, scope, object })];
}

async function chargerRow(ctx: Context, id: string): Promise<Charger | undefined> {
  const item = await ctx.table.get(keys.charger(ctx.tenantId, id));
  return item && Charger.parse(item);
}
