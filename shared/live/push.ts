import type { Context } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import { type EventEnvelope, envelopeOf } from '#shared/events/envelope.ts';
import { findEventType } from '#shared/events/event.ts';
import type { Outbox, Recorded } from '#shared/events/recorded.ts';
import { dropConnection, Subscription } from '#shared/live/connection.ts';
import { isInterestedIn, placesFor } from '#shared/live/interest.ts';
import { sendEvents } from '#shared/live/send-events.ts';
import { closeAtSessionEnd, closeSocketsLater } from '#shared/live/session-end.ts';
import type { Pause } from '#shared/live/turn.ts';

/** An event on its way to one connection. */
export interface Push {
  readonly to: Subscription;
  readonly event: EventEnvelope;
}

/** Who listens where, read once for a batch. */
export type Audience = Map<string, Promise<Subscription[]>>;

/** What of an outbox goes to whom. An event that nobody listens to is not even completed. */
export async function pushesOf(ctx: Context, outbox: Outbox, audience: Audience): Promise<Push[]> {
  const pushes = await Promise.all(
    outbox.events.map(async (event) => {
      const listeners = await listenersTo(ctx, event, audience);
      if (listeners.length === 0) return [];
      const envelope = await envelopeOf(ctx, outbox, event);
      return listeners.map((to) => ({ to, event: envelope }));
    }),
  );
  return pushes.flat();
}

async function listenersTo(
  ctx: Context,
  { type: name, scope = {} }: Recorded,
  audience: Audience,
): Promise<Subscription[]> {
  const type = findEventType(name);
  if (!type) throw new Error(`Unknown event type ${name}`);
  if (!type.channels.includes('live')) return [];
  const { object } = type;
  const found = await Promise.all(placesFor(scope).map((place) => at(ctx, place, audience)));
  return found.flat().filter((to) => isInterestedIn(to, { type: name, object, scope }));
}

function at(ctx: Context, place: string, audience: Audience): Promise<Subscription[]> {
  const { pk } = keys.subscriptions(ctx.tenantId, place);
  const known = audience.get(pk) ?? subscriptionsAt(ctx, pk);
  audience.set(pk, known);
  return known;
}

async function subscriptionsAt(ctx: Context, pk: string): Promise<Subscription[]> {
  return (await readAll(ctx, { pk })).map((item) => Subscription.parse(item));
}

/** Sends one connection its events in order, and ends the socket of a session that is over. */
export async function push(ctx: Context, pushes: readonly Push[], pause?: Pause): Promise<void> {
  const [first] = pushes;
  if (!first) return;
  const { connection_id, kind, filter } = first.to;
  const events = pushes.map(({ event }) => event);
  const { result, ended, billed } = await sendEvents(ctx, connection_id, events, pause);
  if (result === 'gone') {
    ctx.log.count(metric.pushGone);
    return dropConnection(ctx, connection_id);
  }
  const newest = events.at(-1) ?? first.event;
  ctx.log.count(metric.pushLatencyMs, ctx.now().getTime() - Date.parse(newest.created_at));
  if (kind !== 'session' || !ended) return;
  if (billed) await closeAtSessionEnd(ctx, connection_id);
  else await closeSocketsLater(ctx, filter.session_id?.[0] ?? '');
}
