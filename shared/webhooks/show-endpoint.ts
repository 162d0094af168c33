import type { Context } from '#shared/core/context.ts';
import type { WebhookEndpoint, WebhookEndpointView } from '#shared/webhooks/webhook-endpoint.ts';
import { healthOf } from '#shared/webhooks/webhook-health.ts';

/** An endpoint as the API shows it: with its health, without its secrets. */
export async function showEndpoint(
  ctx: Context,
  { version, secrets: _, scopes, site_ids, ...endpoint }: WebhookEndpoint,
): Promise<WebhookEndpointView> {
  const health = await healthOf(ctx, endpoint.id);
  return {
    ...endpoint,
    reach: { scopes, site_ids },
    health,
    livemode: ctx.livemode,
    resource_version: version,
  };
}
