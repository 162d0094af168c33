import * as z from 'zod';
import { callerId, isCaller, scopesOf } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ownDriverId } from '#shared/core/driver-access.ts';
import { AppError } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import type { Item, Key } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { EventId } from '#shared/events/event-id.ts';
import { mayRead } from '#shared/events/may-read-event.ts';
import { MAX_DURATION_S } from '#shared/live/connection.ts';
import { credentialEnd } from '#shared/live/credential-end.ts';
import { Interest, LiveFilter } from '#shared/live/interest.ts';
import { TOPICS, Topic } from '#shared/live/topics.ts';

export const TICKET_VALID_S = 60;
const SECRET_BYTES = 24;
/** `reconnect` frames lead from ticket to ticket this long; then the credential must ask again. */
const RENEWABLE_S = 86_400;
/** What a person let an app do may be taken back at any time: it asks for another ticket sooner. */
const RENEWABLE_BY_APP_S = 7200;

export const NewLiveTicket = z
  .object({
    topics: z
      .array(Topic)
      .min(1)
      .max(10)
      .meta({ example: ['sessions', 'connectors'] }),
    filter: LiveFilter.default({}),
    resume_after: EventId.optional().meta({
      description: 'Send what followed this event first; at most 10 minutes ago.',
    }),
  })
  .meta({ id: 'NewLiveTicket' });
export type NewLiveTicket = z.output<typeof NewLiveTicket>;

/** A way into the live stream as it lies in its row, under the hash of its token. */
export const LiveTicket = Interest.extend({
  id: z.string(),
  organization_id: z.string(),
  livemode: z.boolean(),
  credential_id: z.string(),
  /** The OAuth client through which a person opened it. */
  client_id: z.string().nullable().default(null),
  resume_after: z.string().nullable(),
  renewable_until: z.string(),
  /** When its credential ends by itself. */
  credential_until: z.string().nullable().default(null),
  expires_at: z.string(),
});
export type LiveTicket = z.infer<typeof LiveTicket>;

export const LiveTicketView = z
  .object({
    id: z.string().meta({ example: 'ltk_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    url: z.string().meta({ description: 'Connect once, before `expires_at`.' }),
    expires_at: z.iso.datetime(),
    max_duration_seconds: z.int(),
  })
  .meta({ id: 'LiveTicket', description: 'A WebSocket URL that is good for one connection.' });
export type LiveTicketView = z.infer<typeof LiveTicketView>;

/** Throws insufficient_scope for a topic whose objects the credential may not read, site_restricted. */
export async function createLiveTicket(
  ctx: Context,
  input: NewLiveTicket,
): Promise<LiveTicketView> {
  const scopes = scopesOf(ctx);
  const sites = allowedSites(ctx);
  const closed = input.topics.find((t) => !TOPICS[t].objects.some((o) => mayRead(scopes, o)));
  if (closed) throw new AppError('insufficient_scope', `The topic ${closed} needs another scope.`);
  if (input.filter.site_id?.some((id) => !reachesSite(ctx, id)))
    throw new AppError('site_restricted', 'The credential does not reach that site.');
  const until = await credentialEnd(ctx);
  const ticket = {
    topics: [...new Set(input.topics)],
    filter: input.filter,
    scopes: [...scopes],
    site_ids: sites ? [...sites] : null,
    driver_id: ownDriverId(ctx) ?? null,
    credential_id: callerId(ctx) ?? '',
    client_id: clientIdOf(ctx),
    resume_after: input.resume_after ?? null,
    renewable_until: earlier(plusSeconds(isoNow(ctx), renewableFor(ctx)), until),
    credential_until: until,
  };
  const { token, id, expires_at } = await issueTicket(ctx, ticket, TICKET_VALID_S);
  const url = `${ctx.urls.live}/${token}`;
  return { id, url, expires_at, max_duration_seconds: MAX_DURATION_S };
}

const earlier = (one: string, other: string | null) =>
  other !== null && other < one ? other : one;

const renewableFor = (ctx: Context): number =>
  clientIdOf(ctx) === null ? RENEWABLE_S : RENEWABLE_BY_APP_S;

const clientIdOf = ({ actor }: Context): string | null =>
  isCaller(actor) ? (actor.clientId ?? null) : null;

/** Stores a ticket and answers its token, which is not to be had again. */
export async function issueTicket(
  ctx: Context,
  ticket: Omit<LiveTicket, 'id' | 'organization_id' | 'livemode' | 'expires_at'>,
  validSeconds: number,
): Promise<{ token: string; id: string; expires_at: string }> {
  const token = `lt_${ctx.newSecret(SECRET_BYTES)}`;
  const id = ctx.newId('ltk');
  const expires_at = earlier(plusSeconds(isoNow(ctx), validSeconds), ticket.credential_until);
  const item: Item = {
    ...ticket,
    id,
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    expires_at,
    ...ticketKey(token),
    ttl: Math.ceil(Date.parse(expires_at) / 1000),
  };
  await commit(ctx, {
    aggregate: { kind: 'live_ticket', id, version: 1 },
    writes: [{ op: 'put', when: 'absent', item }],
  });
  return { token, id, expires_at };
}

/** Undefined for one that is unknown, used or too old. */
export async function findTicket(
  ctx: Pick<Context, 'table' | 'now'>,
  token: string,
): Promise<LiveTicket | undefined> {
  const item = await ctx.table.get(ticketKey(token));
  const ticket = item && LiveTicket.parse(item);
  return ticket && Date.parse(ticket.expires_at) > ctx.now().getTime() ? ticket : undefined;
}

export const ticketKey = (token: string): Key => keys.liveTicket(sha256(token));
