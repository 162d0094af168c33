import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { WebhookEndpointDisabled } from '#shared/webhooks/events.ts';
import { showEndpoint } from '#shared/webhooks/show-endpoint.ts';
import { WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';

/** Turns an endpoint off that nothing can be delivered to, and tells the other endpoints. */
export async function disableEndpoint(
  ctx: Context,
  id: string,
  reason: 'failing' | 'gone',
): Promise<void> {
  await retrying(async () => {
    const item = await ctx.table.get(keys.webhook(ctx.tenantId, id));
    const before = item && WebhookEndpoint.parse(item);
    if (before?.status !== 'enabled') return;
    const now = isoNow(ctx);
    const endpoint: WebhookEndpoint = {
      ...before,
      status: 'disabled',
      disabled_reason: reason,
      disabled_at: now,
      updated_at: now,
      version: before.version + 1,
    };
    await commit(ctx, {
      aggregate: { kind: 'webhook_endpoint', id, version: endpoint.version },
      writes: [
        {
          op: 'put',
          item: { ...endpoint, ...keys.webhook(ctx.tenantId, id) },
          when: { version: before.version },
        },
      ],
      events: [
        eventOf(ctx, WebhookEndpointDisabled, {
          id,
          version: endpoint.version,
          object: await showEndpoint(ctx, endpoint),
          previous: { status: 'enabled' },
        }),
      ],
    });
  });
}
