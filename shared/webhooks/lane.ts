import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds, secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { DeliverSlowWebhook, DeliverWebhook } from '#shared/webhooks/tasks.ts';
import type { WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';

/** So long it is a slow one. */
const SLOW_FOR_S = 600;
/** Not told again while it was told so recently: one write a minute at most. */
const TOLD_EVERY_S = 60;

type Endpoint = Pick<WebhookEndpoint, 'id' | 'slow_until'>;

/**
 * The queue of an attempt. Whoever is slow shares none with those who are not, so that their deliveries
 * wait for each other only; so does every attempt after a failed one.
 */
export const laneOf = (ctx: Context, { slow_until }: Endpoint, attempt: number) =>
  attempt > 1 || (slow_until !== null && slow_until > isoNow(ctx))
    ? DeliverSlowWebhook
    : DeliverWebhook;

/**
 * Remembers that an endpoint takes its time, while it still does. Beside its version: it is nothing its
 * owner changed.
 */
export async function noteSlow(ctx: Context, endpoint: Endpoint): Promise<void> {
  const now = isoNow(ctx);
  const { id, slow_until } = endpoint;
  const left = slow_until === null ? 0 : secondsBetween(now, slow_until);
  if (left > SLOW_FOR_S - TOLD_EVERY_S) return;
  try {
    await ctx.table.write([
      {
        op: 'update',
        key: keys.webhook(ctx.tenantId, id),
        set: { slow_until: plusSeconds(now, SLOW_FOR_S) },
        when: { id },
      },
    ]);
  } catch (error) {
    // It was deleted meanwhile.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
