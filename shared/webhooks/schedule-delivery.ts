import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import {
  deliveryId,
  deliveryItem,
  findDelivery,
  type StoredDelivery,
} from '#shared/webhooks/delivery.ts';
import { laneOf } from '#shared/webhooks/lane.ts';
import type { WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';

type Endpoint = Pick<WebhookEndpoint, 'id' | 'slow_until'>;
type EventName = Pick<EventEnvelope, 'id' | 'type'>;

/** Puts an event on its way to an endpoint, once however often it is asked. */
export async function scheduleDelivery(
  ctx: Context,
  endpoint: Endpoint,
  event: EventName,
): Promise<void> {
  const delivery = newDelivery(ctx, endpoint.id, event);
  try {
    await commit(ctx, {
      aggregate: { kind: 'delivery', id: delivery.id, version: 1 },
      writes: [],
      carrier: deliveryItem(ctx, delivery),
      tasks: [attemptTask(ctx, endpoint, delivery)],
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** Sends it again, from the first attempt on, whatever became of it before. */
export async function redeliver(ctx: Context, endpoint: Endpoint, event: EventName): Promise<void> {
  const id = deliveryId(endpoint.id, event.id);
  await retrying(async () => {
    const before = await findDelivery(ctx, endpoint.id, id);
    if (!before) return scheduleDelivery(ctx, endpoint, event);
    const next: StoredDelivery = {
      ...before,
      status: 'pending',
      round: before.round + 1,
      tries: 0,
      next_attempt_at: isoNow(ctx),
      updated_at: isoNow(ctx),
      resource_version: before.resource_version + 1,
    };
    await saveDelivery(ctx, before, next, [attemptTask(ctx, endpoint, next)]);
  });
}

/** Throws ConditionFailed when the delivery has changed meanwhile. */
export const saveDelivery = (
  ctx: Context,
  before: StoredDelivery,
  next: StoredDelivery,
  tasks: readonly DueTask[] = [],
  writes: Parameters<typeof commit>[1]['writes'] = [],
): Promise<void> =>
  commit(ctx, {
    aggregate: { kind: 'delivery', id: next.id, version: next.resource_version },
    writes: [
      {
        op: 'put',
        item: deliveryItem(ctx, next),
        when: { resource_version: before.resource_version },
      },
      ...writes,
    ],
    tasks,
  });

/** The task of the attempt that comes next. */
export const attemptTask = (ctx: Context, endpoint: Endpoint, delivery: StoredDelivery): DueTask =>
  dueTask(
    ctx,
    laneOf(ctx, endpoint, delivery.tries + 1),
    {
      endpoint_id: delivery.webhook_endpoint_id,
      delivery_id: delivery.id,
      round: delivery.round,
      attempt: delivery.tries + 1,
    },
    delivery.next_attempt_at ?? undefined,
  );

export function newDelivery(ctx: Context, endpointId: string, event: EventName): StoredDelivery {
  const now = isoNow(ctx);
  return {
    id: deliveryId(endpointId, event.id),
    webhook_endpoint_id: endpointId,
    event_id: event.id,
    event_type: event.type,
    status: 'pending',
    next_attempt_at: now,
    attempts: [],
    livemode: ctx.livemode,
    created_at: now,
    updated_at: now,
    resource_version: 1,
    round: 1,
    tries: 0,
  };
}
