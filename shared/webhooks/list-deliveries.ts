import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { mergedRows } from '#shared/db/merged-rows.ts';
import { type DeliveryStatus, StoredDelivery, WebhookDelivery } from '#shared/webhooks/delivery.ts';

export interface DeliveryFilter {
  readonly status?: readonly DeliveryStatus[] | undefined;
  readonly event_id?: string | undefined;
  readonly event_type?: string | undefined;
}

const ROWS_AT_MOST = 2000;

/** An endpoint's deliveries, newest event first. The cursor is a delivery's id. */
export async function listDeliveries(
  ctx: Context,
  endpointId: string,
  filter: DeliveryFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: WebhookDelivery[]; cursor?: string }> {
  const rows = mergedRows(ctx.table, keys.deliveriesOf(ctx.tenantId, endpointId), {
    before: cursor,
    newestFirst: true,
    pageSize: Math.ceil(limit / 8) + 2,
  });
  const items: WebhookDelivery[] = [];
  let read = 0;
  let place: string | undefined;
  for await (const row of rows) {
    if (place && (items.length === limit || read === ROWS_AT_MOST)) return { items, cursor: place };
    place = row.sk;
    read += 1;
    const delivery = StoredDelivery.parse(row);
    if (isWanted(delivery, filter)) items.push(deliveryView(delivery));
  }
  return { items };
}

export const deliveryView = (stored: StoredDelivery): WebhookDelivery =>
  WebhookDelivery.parse(stored);

const isWanted = (delivery: StoredDelivery, filter: DeliveryFilter): boolean =>
  (!filter.status || filter.status.includes(delivery.status)) &&
  (filter.event_id === undefined || delivery.event_id === filter.event_id) &&
  (filter.event_type === undefined || delivery.event_type === filter.event_type);
