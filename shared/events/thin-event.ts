import type { EventEnvelope } from '#shared/events/envelope.ts';

/** An event without what it carries, for where the whole does not fit. `url` answers the whole. */
export const thinEvent = ({ data: _, ...event }: EventEnvelope): EventEnvelope => ({
  ...event,
  data: { object: null, truncated: true, url: `/v1/events/${event.id}` },
});

/** As it is sent: the whole, or without its object where that is more than `atMost` bytes of JSON. */
export function jsonWithin(event: EventEnvelope, atMost: number): string {
  const whole = JSON.stringify(event);
  return Buffer.byteLength(whole) <= atMost ? whole : JSON.stringify(thinEvent(event));
}
