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
    response_excerpt: z.string().nullable(),
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
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'WebhookDelivery', description: 'An event on its way to an endpoint.' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/** With what only the row tells: each replay is a round of its own. */
export const StoredDelivery = WebhookDelivery.extend({
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
