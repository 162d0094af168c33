import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { commit } from '#shared/events/commit.ts';
import { API_VERSION, type EventEnvelope } from '#shared/events/envelope.ts';
import { findEventType } from '#shared/events/event.ts';
import { exampleEvent } from '#shared/events/example-event.ts';
import { listEvents } from '#shared/events/list-events.ts';
import { mayRead } from '#shared/events/may-read-event.ts';
import { attemptPost, isSuccess } from '#shared/webhooks/deliver.ts';
import { deliveryItem, type StoredDelivery } from '#shared/webhooks/delivery.ts';
import { WebhookEndpointTest } from '#shared/webhooks/events.ts';
import type { HttpPost } from '#shared/webhooks/http-post.ts';
import { holderOf, refuseNarrower } from '#shared/webhooks/reach.ts';
import { newDelivery } from '#shared/webhooks/schedule-delivery.ts';
import { showEndpoint } from '#shared/webhooks/show-endpoint.ts';
import { getWebhookEndpoint, type WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';
import { bodyOf } from '#shared/webhooks/webhook-request.ts';

/**
 * Sends a sample now, once, whatever state the endpoint is in, and answers what came back. The sample is
 * a test event, or the newest event of a type under an id of its own; where none has happened yet, the
 * type's example.
 */
export async function testWebhookEndpoint(
  ctx: Context,
  id: string,
  eventType: string,
  post: HttpPost,
): Promise<StoredDelivery> {
  const endpoint = await getWebhookEndpoint(ctx, id);
  refuseNarrower(ctx, endpoint);
  const event = await sampleOf(ctx, endpoint, eventType);
  const { attempt, answer } = await attemptPost(ctx, endpoint, event, 1, post);
  const delivery: StoredDelivery = {
    ...newDelivery(ctx, id, event),
    status: isSuccess(answer) ? 'succeeded' : 'exhausted',
    next_attempt_at: null,
    attempts: [attempt],
    tries: 1,
    sample: bodyOf(event),
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
  const as = { ...ctx, actor: holderOf(endpoint) };
  const { events } = await listEvents(as, { types: [eventType] }, { limit: 1 });
  const [newest] = events;
  const type = findEventType(eventType);
  const sample = newest ?? (type && exampleEvent(type));
  if (!sample || (type && !mayRead(endpoint.scopes, type.object))) throw noSample();
  const { tenantId: organization_id, livemode } = ctx;
  const id = ctx.newId('evt');
  return { ...sample, id, created_at: isoNow(ctx), organization_id, livemode };
}

const noSample = () =>
  new AppError('validation_failed', 'The endpoint is sent no such events.', {
    errors: [{ field: 'event_type', code: 'no_sample', message: 'Nothing to show as a sample.' }],
  });

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
