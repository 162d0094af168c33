import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import {
  type CampaignStatus,
  maySee,
  StoredCampaign,
} from '#shared/firmware-campaigns/campaign.ts';
import { type Campaign, campaignView } from '#shared/firmware-campaigns/campaign-view.ts';
import { progressOf } from '#shared/firmware-campaigns/progress.ts';

export interface CampaignFilter {
  readonly ids?: readonly string[] | undefined;
  readonly status?: readonly CampaignStatus[] | undefined;
  readonly firmware_image_id?: string | undefined;
}

const PAGE = 200;

/** Campaigns, newest first; the cursor is the last id of the page before. */
export async function listCampaigns(
  ctx: Context,
  filter: CampaignFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Campaign[]; total: number; cursor?: string }> {
  const found = (await allCampaigns(ctx)).filter(
    (campaign) => maySee(ctx, campaign) && matches(campaign, filter),
  );
  const rest = found.filter(({ id }) => !cursor || id < cursor);
  const page = rest.slice(0, limit);
  const counts = await ctx.table.batchGet(
    page.map(({ id }) => keys.campaignCounts(ctx.tenantId, id)),
  );
  const items = page.map((one, n) => campaignView(ctx, one, progressOf(one, counts[n])));
  const last = page.at(-1);
  const more = rest.length > limit && last;
  return { items, total: found.length, ...(more ? { cursor: last.id } : {}) };
}

/** There are as many as releases: hundreds at most. */
async function allCampaigns(ctx: Context): Promise<StoredCampaign[]> {
  const { gsi1pk: pk } = keys.campaigns(ctx.tenantId);
  const rows = await readAll(ctx, { index: 'gsi1', pk, newestFirst: true, limit: PAGE });
  return rows.map((row) => StoredCampaign.parse(row));
}

const matches = (
  { id, status, firmware_image_id }: StoredCampaign,
  filter: CampaignFilter,
): boolean =>
  (!filter.ids || filter.ids.includes(id)) &&
  (!filter.status || filter.status.includes(status)) &&
  (!filter.firmware_image_id || firmware_image_id === filter.firmware_image_id);
