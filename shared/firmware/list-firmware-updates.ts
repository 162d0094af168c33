import { isVisibleCharger } from '#shared/chargers/visible-charger.ts';
import type { Context } from '#shared/core/context.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import type { Item, Page } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import {
  type FirmwareUpdate,
  type FirmwareUpdateStatus,
  StoredUpdate,
  updateView,
} from '#shared/firmware/firmware-update.ts';

export interface UpdateFilter {
  readonly ids?: readonly string[] | undefined;
  readonly charger_id?: string | undefined;
  readonly campaign_id?: string | undefined;
  readonly status?: readonly FirmwareUpdateStatus[] | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One request reads at most this many pages of a filter that matches little; the cursor goes on from there. */
const PAGES_AT_ONCE = 10;

/** Updates, newest first; of a campaign, in the order of its targets. */
export async function listFirmwareUpdates(
  ctx: Context,
  filter: UpdateFilter,
  { limit, cursor }: Paging,
): Promise<{ items: FirmwareUpdate[]; cursor?: string }> {
  const { ids, charger_id } = filter;
  if (ids) return { items: visible(ctx, filter, await byIds(ctx, ids)) };
  if (charger_id !== undefined && !(await isVisibleCharger(ctx, charger_id))) return { items: [] };
  const items: FirmwareUpdate[] = [];
  let next = cursor;
  for (let n = 0; n < PAGES_AT_ONCE && items.length < limit && (n === 0 || next); n++) {
    const page = { limit: limit - items.length, ...(next ? { cursor: next } : {}) };
    const { items: rows, cursor: more } = await readRows(ctx, filter, page);
    items.push(...visible(ctx, filter, rows));
    next = more;
  }
  return { items, ...(next ? { cursor: next } : {}) };
}

async function readRows(
  ctx: Context,
  { charger_id, campaign_id }: UpdateFilter,
  page: { limit: number; cursor?: string },
): Promise<Page> {
  const t = ctx.tenantId;
  const newest = { ...page, newestFirst: true } as const;
  if (charger_id !== undefined)
    return ctx.table.query({
      ...newest,
      index: 'gsi1',
      pk: keys.firmwareUpdatesOf(t, charger_id).gsi1pk,
    });
  if (campaign_id === undefined)
    return ctx.table.query({ ...newest, index: 'gsi2', pk: keys.firmwareUpdates(t).gsi2pk });
  const targets = await ctx.table.query({ ...page, ...keys.campaignTargets(t, campaign_id) });
  const begun = targets.items.flatMap(({ update_id: id }) => (typeof id === 'string' ? [id] : []));
  return { ...targets, items: await byIds(ctx, begun) };
}

async function byIds(ctx: Context, ids: readonly string[]): Promise<Item[]> {
  const wanted = [...new Set(ids)].map((id) => keys.firmwareUpdate(ctx.tenantId, id));
  return (await ctx.table.batchGet(wanted)).filter((row) => row !== undefined);
}

const visible = (ctx: Context, filter: UpdateFilter, rows: readonly Item[]): FirmwareUpdate[] =>
  rows
    .map((row) => updateView(StoredUpdate.parse(row)))
    .filter((update) => reachesSite(ctx, update.site_id) && matches(update, filter));

const matches = (
  { charger_id, campaign_id, status }: FirmwareUpdate,
  filter: UpdateFilter,
): boolean =>
  (filter.charger_id === undefined || charger_id === filter.charger_id) &&
  (filter.campaign_id === undefined || campaign_id === filter.campaign_id) &&
  (!filter.status || filter.status.includes(status));
