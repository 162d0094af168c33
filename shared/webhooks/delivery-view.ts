import { type StoredDelivery, WebhookDelivery } from '#shared/webhooks/delivery.ts';
import { FIXED_HEADERS } from '#shared/webhooks/webhook-request.ts';

interface Shown {
  /** Whether the caller may see what went over the wire. */
  readonly contents: boolean;
  readonly body: string | null;
}

/** A delivery as the API shows it, its requests put together again. */
export const deliveryView = (stored: StoredDelivery, { contents, body }: Shown): WebhookDelivery =>
  WebhookDelivery.parse({
    ...stored,
    request_body: body,
    attempts: stored.attempts.map(({ signature, ...attempt }) => ({
      ...attempt,
      request_headers: {
        ...FIXED_HEADERS,
        'webhook-id': stored.event_id,
        'webhook-timestamp': String(Math.floor(Date.parse(attempt.at) / 1000)),
        ...(contents && signature ? { 'webhook-signature': signature } : {}),
      },
      response_headers: contents ? attempt.response_headers : null,
      response_excerpt: contents ? attempt.response_excerpt : null,
    })),
  });
