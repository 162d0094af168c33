import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

export const DeliveryStatus = z
  .enum(['pending', 'retrying', 'succeeded', 'exhausted', 'canceled'])
  .meta({ id: 'WebhookDeliveryStatus' });
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

export const DeliveryAttempt = z
  .object({
    number: z.int().meta({ description: 'From 1; starts again with a replay.' }),
    at: z.iso.datetime(),
    url: z.string(),
    status_code: z.int().nullable().meta({ description: 'Null where no answer came.' }),
    duration_ms: z.int(),
    error: z.string().nullable(),
    request_headers: z.record(z.string(), z.string()).meta({
      description: 'As they were sent. A signature is no secret.',
    }),
    response_headers: z.record(z.string(), z.string()).nullable().meta({
      description: 'Those that tell who answered; 200 characters of each.',
    }),
    response_excerpt: z.string().nullable().meta({ description: 'The first 500 characters.' }),
  })
  .meta({ id: 'WebhookDeliveryAttempt' });
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

/** An event on its way to an endpoint, as it lies in its row and as the API shows it. */
export const WebhookDelivery = z
  .object({
    id: z.string().meta({ example: 'whd_01JWA3QH3M9K2V7T5C8X0N4B6R' }),
    webhook_endpoint_id: z.string(),
    event_id: z.string().meta({ description: 'The `webhook-id` header.' }),
    event_type: z.string(),
    status: DeliveryStatus,
    next_attempt_at: z.iso.datetime().nullable(),
    attempts: z.array(DeliveryAttempt).meta({ description: 'Oldest first; the last 20.' }),
    request_body: z.string().nullable().meta({
      description: 'What each attempt sent, to the letter; null unless `expand=request_body` asks.',
    }),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'WebhookDelivery', description: 'An event on its way to an endpoint.' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/** As it lies in the row: of what was sent only what cannot be said again from the rest. */
const StoredAttempt = DeliveryAttempt.omit({ request_headers: true }).extend({
  signature: z.string().default(''),
  response_headers: DeliveryAttempt.shape.response_headers.default(null),
});
export type StoredAttempt = z.infer<typeof StoredAttempt>;

/** With what only the row tells: each replay is a round of its own. */
export const StoredDelivery = WebhookDelivery.omit({ request_body: true }).extend({
  attempts: z.array(StoredAttempt),
  /** What was sent, where the event is in no log: a sample. */
  sample: z.string().optional(),
  round: z.int().default(1),
  /** Attempts of this round. */
  tries: z.int().default(0),
});
export type StoredDelivery = z.infer<typeof StoredDelivery>;

const KEPT_DAYS = 30;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The one delivery of an event to an endpoint: `whd_`, the event's time, and what both ids hash to.
 * So a repeated fan-out finds what it made before, and deliveries sort as their events do.
 */
export function deliveryId(endpointId: string, eventId: string): string {
  const hash = createHash('sha256').update(`${endpointId} ${eventId}`).digest();
  const rest = [...hash.subarray(0, 16)].map((byte) => CROCKFORD[byte & 31]).join('');
  return `whd_${eventId.slice(4, 14)}${rest}`;
}

export const deliveryItem = (ctx: Context, delivery: StoredDelivery): Item => ({
  ...delivery,
  ...keys.delivery(ctx.tenantId, delivery.webhook_endpoint_id, delivery.id),
  ttl: Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400,
});

export async function findDelivery(
  ctx: Context,
  endpointId: string,
  id: string,
): Promise<StoredDelivery | undefined> {
  const item = await ctx.table.get(keys.delivery(ctx.tenantId, endpointId, id));
  return item && StoredDelivery.parse(item);
}
