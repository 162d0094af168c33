import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { matchesType } from '#shared/events/matches-type.ts';
import { scheduleDelivery } from '#shared/webhooks/schedule-delivery.ts';
import { allWebhookEndpoints, type WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';

/** Puts an event on its way to every endpoint that wants it. */
export async function fanOut(ctx: Context, event: EventEnvelope): Promise<void> {
  const endpoints = await allWebhookEndpoints(ctx);
  const wanting = endpoints.filter((each) => each.status === 'enabled' && wants(each, event));
  await Promise.all(wanting.map((endpoint) => scheduleDelivery(ctx, endpoint, event)));
}

export function wants(
  { event_types, filter, site_ids }: WebhookEndpoint,
  { type, scope }: Pick<EventEnvelope, 'type' | 'scope'>,
): boolean {
  return (
    event_types.some((pattern) => matchesType(pattern, type)) &&
    isAmong(filter.site_id, scope.site_id) &&
    isAmong(filter.charger_id, scope.charger_id) &&
    mayBeSent({ site_ids }, { scope })
  );
}

/** What its maker's credential is restricted to holds for everything an endpoint is sent, asked for or not. */
export const mayBeSent = (
  { site_ids }: Pick<WebhookEndpoint, 'site_ids'>,
  { scope }: Pick<EventEnvelope, 'scope'>,
): boolean => isAmong(site_ids, scope.site_id);

const isAmong = (allowed: readonly string[] | null | undefined, id: string | null | undefined) =>
  !allowed || (id != null && allowed.includes(id));
