import { isCaller } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { commit } from '#shared/events/commit.ts';
import { API_VERSION, type EventEnvelope } from '#shared/events/envelope.ts';
import { listEvents } from '#shared/events/list-events.ts';
import { attemptPost, isSuccess } from '#shared/webhooks/deliver.ts';
import { deliveryItem, type StoredDelivery } from '#shared/webhooks/delivery.ts';
import { WebhookEndpointTest } from '#shared/webhooks/events.ts';
import type { HttpPost } from '#shared/webhooks/http-post.ts';
import { newDelivery } from '#shared/webhooks/schedule-delivery.ts';
import { showEndpoint } from '#shared/webhooks/show-endpoint.ts';
import { getWebhookEndpoint, type WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';

/**
 * Sends a sample now, once, whatever state the endpoint is in, and answers what came back. The sample is
 * a test event, or the newest event of a type under an id of its own.
 */
export async function testWebhookEndpoint(
  ctx: Context,
  id: string,
  eventType: string,
  post: HttpPost,
): Promise<StoredDelivery> {
  const endpoint = await getWebhookEndpoint(ctx, id);
  const event = await sampleOf(ctx, endpoint, eventType);
  const { attempt, answer } = await attemptPost(ctx, endpoint, event, 1, post);
  const delivery: StoredDelivery = {
    ...newDelivery(ctx, id, event),
    status: isSuccess(answer) ? 'succeeded' : 'exhausted',
    next_attempt_at: null,
    attempts: [attempt],
    tries: 1,
  };
  await commit(ctx, {
    aggregate: { kind: 'delivery', id: delivery.id, version: delivery.resource_version },
    writes: [{ op: 'put', item: deliveryItem(ctx, delivery) }],
  });
  return delivery;
}

async function sampleOf(
  ctx: Context,
  endpoint: WebhookEndpoint,
  eventType: string,
): Promise<EventEnvelope> {
  if (eventType === WebhookEndpointTest.name) return testEvent(ctx, endpoint);
  const { events } = await listEvents(asFarAs(ctx, endpoint), { types: [eventType] }, { limit: 1 });
  const [newest] = events;
  if (newest) return { ...newest, id: ctx.newId('evt'), created_at: isoNow(ctx) };
  throw new AppError('validation_failed', 'No event of this type has happened yet.', {
    errors: [{ field: 'event_type', code: 'no_sample', message: 'Nothing to show as a sample.' }],
  });
}

/** It is shown no other sites than its events come from, whoever tries it out. */
const asFarAs = (ctx: Context, { site_ids }: WebhookEndpoint): Context =>
  isCaller(ctx.actor) && site_ids ? { ...ctx, actor: { ...ctx.actor, siteIds: site_ids } } : ctx;

const testEvent = async (ctx: Context, endpoint: WebhookEndpoint): Promise<EventEnvelope> => ({
  id: ctx.newId('evt'),
  type: WebhookEndpointTest.name,
  created_at: isoNow(ctx),
  livemode: ctx.livemode,
  api_version: API_VERSION,
  organization_id: ctx.tenantId,
  subject: {
    object: WebhookEndpointTest.object,
    id: endpoint.id,
    resource_version: endpoint.version,
  },
  scope: {},
  data: { object: await showEndpoint(ctx, endpoint) },
  cause: ctx.cause,
});
