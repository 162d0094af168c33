import type { EventEnvelope } from '#shared/events/envelope.ts';
import { jsonWithin } from '#shared/events/thin-event.ts';
import { MAX_BODY_BYTES } from '#shared/webhooks/http-post.ts';

/** What every webhook says of itself. */
export const FIXED_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'user-agent': 'ChargeSpot-Webhooks/1',
} as const;

/** What is posted: the event, without its object where it would be too large. */
export const bodyOf = (event: EventEnvelope): string => jsonWithin(event, MAX_BODY_BYTES);
