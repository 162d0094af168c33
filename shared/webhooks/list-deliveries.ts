import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { mergedRows } from '#shared/db/merged-rows.ts';
import { findEvent } from '#shared/events/event-log.ts';
import {
  type DeliveryStatus,
  StoredDelivery,
  type WebhookDelivery,
} from '#shared/webhooks/delivery.ts';
import { deliveryView } from '#shared/webhooks/delivery-view.ts';
import { readsAllOf } from '#shared/webhooks/reach.ts';
import type { WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';
import { bodyOf } from '#shared/webhooks/webhook-request.ts';

export interface DeliveryFilter {
  readonly status?: readonly DeliveryStatus[] | undefined;
  readonly event_id?: string | undefined;
  readonly event_type?: string | undefined;
  /** With what each was sent. */
  readonly withBodies?: boolean | undefined;
}

const ROWS_AT_MOST = 2000;

/** An endpoint's deliveries, newest event first. The cursor is a delivery's id. */
export async function listDeliveries(
  ctx: Context,
  endpoint: WebhookEndpoint,
  filter: DeliveryFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: WebhookDelivery[]; cursor?: string }> {
  const rows = mergedRows(ctx.table, keys.deliveriesOf(ctx.tenantId, endpoint.id), {
    before: cursor,
    newestFirst: true,
    pageSize: Math.ceil(limit / 8) + 2,
  });
  const found: StoredDelivery[] = [];
  let read = 0;
  let place: string | undefined;
  for await (const row of rows) {
    if (place && (found.length === limit || read === ROWS_AT_MOST))
      return { items: await shown(ctx, endpoint, filter, found), cursor: place };
    place = row.sk;
    read += 1;
    const delivery = StoredDelivery.parse(row);
    if (isWanted(delivery, filter)) found.push(delivery);
  }
  return { items: await shown(ctx, endpoint, filter, found) };
}

/** What was sent, and what came back, is for those alone who may read all that the endpoint is sent. */
function shown(
  ctx: Context,
  endpoint: WebhookEndpoint,
  { withBodies = false }: DeliveryFilter,
  found: readonly StoredDelivery[],
): Promise<WebhookDelivery[]> {
  const contents = readsAllOf(ctx, endpoint);
  return Promise.all(
    found.map(async (delivery) => {
      const body = contents && withBodies ? await sentIn(ctx, delivery) : null;
      return deliveryView(delivery, { contents, body });
    }),
  );
}

/** The event as it is posted; null where the log has it no more. */
async function sentIn(ctx: Context, { sample, event_id }: StoredDelivery): Promise<string | null> {
  if (sample !== undefined) return sample;
  const event = await findEvent(ctx, event_id);
  return event ? bodyOf(event) : null;
}

const isWanted = (delivery: StoredDelivery, filter: DeliveryFilter): boolean =>
  (!filter.status || filter.status.includes(delivery.status)) &&
  (filter.event_id === undefined || delivery.event_id === filter.event_id) &&
  (filter.event_type === undefined || delivery.event_type === filter.event_type);
