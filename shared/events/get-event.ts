import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { findEvent } from '#shared/events/event-log.ts';
import { mayReadEvent } from '#shared/events/may-read-event.ts';

/** Throws not_found, for an event that the caller may not read too. */
export async function getEvent(ctx: Context, id: string): Promise<EventEnvelope> {
  const event = await findEvent(ctx, id);
  if (!event || !mayReadEvent(ctx.actor, event)) throw notFound('Event');
  return event;
}
