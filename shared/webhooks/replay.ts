import * as z from 'zod';
import { asConsequence, type Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { findEventType } from '#shared/events/event.ts';
import { EventId, firstEventIdAt } from '#shared/events/event-id.ts';
import { findEvent, positionOf, readLog } from '#shared/events/event-log.ts';
import { matchesType, TypePattern } from '#shared/events/matches-type.ts';
import { deliveryId, findDelivery } from '#shared/webhooks/delivery.ts';
import { matcherFor } from '#shared/webhooks/fan-out.ts';
import { mayBeSent, refuseNarrower } from '#shared/webhooks/reach.ts';
import { redeliver } from '#shared/webhooks/schedule-delivery.ts';
import { getWebhookEndpoint, type WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';

const AT_ONCE = 25;
const READ_AT_ONCE = 100;
/** One call sends no more than this again; its answer says where to go on. */
const EVENTS_AT_MOST = 500;

export const ReplayRequest = z
  .object({
    delivery_ids: z.array(z.string().min(1).max(64)).min(1).max(100).optional(),
    event_ids: z.array(EventId).min(1).max(100).optional(),
    created_after: z.iso.datetime({ offset: true }).optional(),
    after: EventId.optional().meta({ description: 'Everything after this event.' }),
    created_before: z.iso.datetime({ offset: true }).optional(),
    types: z
      .array(TypePattern)
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Of a range only these.', example: ['session.*'] }),
    undelivered: z.boolean().optional().meta({
      description: 'Of a range only what was never delivered, nor is on its way.',
    }),
  })
  .refine(
    ({ delivery_ids, event_ids, created_after, after }) =>
      [delivery_ids, event_ids, created_after, after].filter((each) => each !== undefined)
        .length === 1,
    'Name delivery_ids, or event_ids, or where a range begins: created_after or after.',
  )
  .meta({ id: 'WebhookReplay', description: 'What to send again: by ids, or a time range.' });
export type ReplayRequest = z.output<typeof ReplayRequest>;

export const ReplayResult = z
  .object({
    scheduled: z.int().meta({ description: 'Events that will be sent again.' }),
    continue_after: z
      .string()
      .nullable()
      .meta({ description: 'Set when the range holds more: repeat with this as `after`.' }),
  })
  .meta({ id: 'WebhookReplayResult' });
export type ReplayResult = z.infer<typeof ReplayResult>;

/** Throws not_found, validation_failed for an id that is unknown, conflict for a disabled endpoint. */
export async function replayDeliveries(
  ctx: Context,
  endpointId: string,
  request: ReplayRequest,
): Promise<ReplayResult> {
  const endpoint = await getWebhookEndpoint(ctx, endpointId);
  refuseNarrower(ctx, endpoint);
  if (endpoint.status === 'disabled')
    throw new AppError('conflict', 'The endpoint is disabled; enable it first.');
  const { created_after: from, after = from && firstEventIdAt(Date.parse(from)) } = request;
  if (after) return replayRange(ctx, endpoint, await positionOf(ctx, after), request);
  const ids = request.event_ids ?? (await eventsOf(ctx, endpoint, request.delivery_ids ?? []));
  const events = await Promise.all([...new Set(ids)].map((id) => findEvent(ctx, id)));
  const missing = events.findIndex((event) => !event || !mayBeSent(endpoint, event));
  if (missing >= 0) throw unknown(request.event_ids ? 'event_ids' : 'delivery_ids', missing);
  const found = events.filter((event) => event !== undefined);
  await redeliverAll(ctx, endpoint, request, found);
  return { scheduled: events.length, continue_after: null };
}

/** The deliveries are many, and each tells of itself: the audit log tells what was asked for. */
const noteReplay = (ctx: Context, { id, version }: WebhookEndpoint, request: ReplayRequest) =>
  commit(ctx, {
    aggregate: { kind: 'webhook_endpoint', id, version },
    writes: [{ op: 'check', key: keys.webhook(ctx.tenantId, id), when: 'present' }],
    noted: { replay: request },
  });

async function eventsOf(ctx: Context, endpoint: WebhookEndpoint, ids: readonly string[]) {
  const found = await Promise.all(ids.map((id) => findDelivery(ctx, endpoint.id, id)));
  return found.map((delivery, n) => {
    if (!delivery) throw unknown('delivery_ids', n);
    return delivery.event_id;
  });
}

/** Everything of a range that the endpoint wants now, whether or not it wanted it then. */
async function replayRange(
  ctx: Context,
  endpoint: WebhookEndpoint,
  after: string,
  request: ReplayRequest,
): Promise<ReplayResult> {
  const { created_before: to, types, undelivered } = request;
  const wants = await matcherFor(ctx, [endpoint]);
  const isAsked = (name: string) => !types || types.some((each) => matchesType(each, name));
  const { events, next } = await readLog(ctx, {
    after,
    before: to === undefined ? undefined : firstEventIdAt(Date.parse(to)),
    newestFirst: false,
    limit: EVENTS_AT_MOST,
    matches: (event) => isSent(event) && isAsked(event.type) && wants(endpoint, event),
  });
  const due = undelivered ? await undeliveredOf(ctx, endpoint, events) : events;
  await redeliverAll(ctx, endpoint, request, due);
  return { scheduled: due.length, continue_after: next ?? null };
}

/** What is on its way is not sent again; what was given up, dropped or never begun is. */
async function undeliveredOf(
  ctx: Context,
  { id }: WebhookEndpoint,
  events: readonly EventEnvelope[],
): Promise<EventEnvelope[]> {
  const keysOf = events.map((event) => keys.delivery(ctx.tenantId, id, deliveryId(id, event.id)));
  const found: (Item | undefined)[] = [];
  for (let at = 0; at < keysOf.length; at += READ_AT_ONCE)
    found.push(...(await ctx.table.batchGet(keysOf.slice(at, at + READ_AT_ONCE))));
  const over: unknown[] = [undefined, 'exhausted', 'canceled'];
  return events.filter((_, n) => over.includes(found[n]?.['status']));
}

async function redeliverAll(
  ctx: Context,
  endpoint: WebhookEndpoint,
  request: ReplayRequest,
  events: readonly EventEnvelope[],
): Promise<void> {
  if (events.length > 0) await noteReplay(ctx, endpoint, request);
  const platform = asConsequence(ctx);
  for (let at = 0; at < events.length; at += AT_ONCE)
    await Promise.all(
      events.slice(at, at + AT_ONCE).map((event) => redeliver(platform, endpoint, event)),
    );
}

/** The log also holds what only the live stream shows. */
const isSent = ({ type }: EventEnvelope): boolean =>
  findEventType(type)?.channels.includes('webhook') ?? false;

const unknown = (field: string, index: number) =>
  new AppError('validation_failed', 'There is no such event any more.', {
    errors: [{ field: `${field}.${index}`, code: 'not_found', message: 'Unknown or too old.' }],
  });
