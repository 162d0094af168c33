import type { Context } from '#shared/core/context.ts';
import { appendEvent } from '#shared/events/append-event.ts';
import { type EventEnvelope, envelopeOf } from '#shared/events/envelope.ts';
import { findEventType } from '#shared/events/event.ts';
import type { Outbox, Recorded } from '#shared/events/recorded.ts';
import type { ReaderPorts } from '#shared/events/stream-reader.ts';

/** Raw samples would fill the log; they are in the session's meter values. */
const NEVER_LOGGED = ['session.meter_values'];

/**
 * Sends what a transaction recorded on its way: events into the log and, where webhooks want them, to
 * the bus; tasks to their queues. May be repeated: all of it is known by id.
 */
export async function relay(
  ctx: Context,
  outbox: Outbox,
  ports: Pick<ReaderPorts, 'publish' | 'enqueue'>,
): Promise<void> {
  const { tenantId, livemode } = outbox;
  const tasks = outbox.tasks.map((task) => ({ ...task, tenantId, livemode }));
  const sent = tasks.length > 0 ? ports.enqueue(tasks) : undefined;
  const results = await Promise.allSettled([sent, relayEvents(ctx, outbox, ports)]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function relayEvents(ctx: Context, outbox: Outbox, ports: Pick<ReaderPorts, 'publish'>) {
  const events = await Promise.all(
    outbox.events.filter(isLogged).map((event) => envelopeOf(ctx, outbox, event)),
  );
  await Promise.all(events.map((event) => appendEvent(ctx, event)));
  const published = events.filter(isPublished);
  if (published.length > 0) await ports.publish(published);
}

const isLogged = ({ type, liveOnly }: Recorded) => !liveOnly && !NEVER_LOGGED.includes(type);

const isPublished = ({ type }: EventEnvelope) =>
  findEventType(type)?.channels.includes('webhook') ?? false;
