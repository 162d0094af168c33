import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { matchesType } from '#shared/events/matches-type.ts';
import { allVendors } from '#shared/vendors/vendor.ts';
import { mayBeSent } from '#shared/webhooks/reach.ts';
import { scheduleDelivery } from '#shared/webhooks/schedule-delivery.ts';
import { allWebhookEndpoints, type WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';

/** Puts an event on its way to every endpoint that wants it. */
export async function fanOut(ctx: Context, event: EventEnvelope): Promise<void> {
  const enabled = (await allWebhookEndpoints(ctx)).filter(({ status }) => status === 'enabled');
  const wants = await matcherFor(ctx, enabled);
  const wanting = enabled.filter((each) => wants(each, event));
  await Promise.all(wanting.map((endpoint) => scheduleDelivery(ctx, endpoint, event)));
}

type Wants = (
  endpoint: WebhookEndpoint,
  event: Pick<EventEnvelope, 'type' | 'subject' | 'scope'>,
) => boolean;

/** How these endpoints' filters are applied; whose sites a vendor's are is read where one asks for it. */
export async function matcherFor(
  ctx: Context,
  endpoints: readonly WebhookEndpoint[],
): Promise<Wants> {
  const asked = endpoints.some(({ filter }) => filter.vendor_id);
  const vendors = asked ? await allVendors({ ...ctx, actor: { kind: 'system' } }) : [];
  const sitesOf = new Map(vendors.map(({ id, site_ids }) => [id, site_ids]));
  return (endpoint, event) => {
    const { event_types, filter } = endpoint;
    const ofVendors = filter.vendor_id?.flatMap((id) => sitesOf.get(id) ?? []);
    return (
      event_types.some((pattern) => matchesType(pattern, event.type)) &&
      isAmong(filter.site_id, event.scope.site_id) &&
      isAmong(filter.charger_id, event.scope.charger_id) &&
      isAmong(ofVendors, event.scope.site_id) &&
      mayBeSent(endpoint, event)
    );
  };
}

const isAmong = (allowed: readonly string[] | undefined, id: string | null | undefined) =>
  !allowed || (id != null && allowed.includes(id));
