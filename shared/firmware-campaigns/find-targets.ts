import { Charger } from '#shared/chargers/charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { dueTask } from '#shared/events/task.ts';
import {
  findCampaign,
  hasEnded,
  type StoredCampaign,
} from '#shared/firmware-campaigns/campaign.ts';
import { changeCampaign, tickAt } from '#shared/firmware-campaigns/change-campaign.ts';
import { newTarget } from '#shared/firmware-campaigns/target.ts';
import { FindCampaignTargets } from '#shared/firmware-campaigns/tasks.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { Site } from '#shared/sites/site.ts';

/** Two rows each, in one transaction with the campaign's. */
const PAGE = 45;

/**
 * Finds one page of a campaign's targets and hands on to the next. The place in the search moves in the
 * transaction that stores the page, so a task that comes twice, or died, adds nobody twice.
 */
export async function findTargets(ctx: Context, id: string, page: number): Promise<void> {
  await retrying(async () => {
    const campaign = await findCampaign(ctx, id);
    if (!campaign || hasEnded(campaign) || campaign.search?.page !== page) return;
    const { chargers, cursor } = await nextChargers(ctx, campaign, campaign.search.cursor);
    const fitting = chargers.filter((charger) => isMeant(campaign, charger));
    const zones = await zonesOf(ctx, fitting);
    const first = campaign.search.found;
    const writes = fitting.flatMap((charger, n) =>
      newTarget(ctx, id, {
        charger_id: charger.id,
        position: first + n,
        zone: zones.get(charger.site_id) ?? '',
      }),
    );
    const found = first + fitting.length;
    const seen = [...new Set([...campaign.zones, ...zones.values()])];
    if (cursor !== null) {
      const search = { page: page + 1, cursor, found };
      const next = dueTask(ctx, FindCampaignTargets, { campaign_id: id, page: page + 1 });
      await changeCampaign(ctx, campaign, { search, zones: seen }, { writes, tasks: [next] });
      return;
    }
    const at = campaign.start_at ?? isoNow(ctx);
    const wave_sizes = sizesOf(campaign, found);
    const tasks = campaign.status === 'paused' ? [] : [tickAt(ctx, campaign, at)];
    const fields = { search: null, zones: seen, wave_sizes };
    await changeCampaign(ctx, campaign, fields, { writes, tasks });
  });
}

async function nextChargers(
  ctx: Context,
  { targets }: StoredCampaign,
  cursor: string | null,
): Promise<{ chargers: Charger[]; cursor: string | null }> {
  const { charger_ids: ids, site_id } = targets;
  const t = ctx.tenantId;
  if (ids) {
    const from = Number(cursor ?? 0);
    const wanted = ids.slice(from, from + PAGE);
    const rows = await ctx.table.batchGet(wanted.map((id) => keys.charger(t, id)));
    const chargers = rows.flatMap((row) => (row ? [Charger.parse(row)] : []));
    return { chargers, cursor: from + PAGE < ids.length ? String(from + PAGE) : null };
  }
  const page = await ctx.table.query({
    ...(site_id
      ? { index: 'gsi2', pk: keys.chargersOfSite(t, site_id).gsi2pk }
      : { index: 'gsi1', pk: keys.chargers(t).gsi1pk }),
    limit: PAGE,
    ...(cursor ? { cursor } : {}),
  });
  const chargers = page.items.map((item) => Charger.parse(item));
  return { chargers, cursor: page.cursor ?? null };
}

function isMeant({ targets, site_ids }: StoredCampaign, charger: Charger): boolean {
  const { model, site_id, label, firmware_version } = targets;
  const site = charger.site_id;
  return (
    !charger.decommissioned &&
    (site_ids === null || (site !== null && site_ids.includes(site))) &&
    (model === null || charger.model === model) &&
    (site_id === null || site === site_id) &&
    (label === null || charger.labels.includes(label)) &&
    (firmware_version === null || charger.firmware_version === firmware_version)
  );
}

/** By site; a charger without one goes by the clock of the organization. */
async function zonesOf(
  ctx: Context,
  chargers: readonly Charger[],
): Promise<Map<string | null, string>> {
  const { timezone } = await getOrganization(ctx);
  const sites = [...new Set(chargers.map(({ site_id }) => site_id))];
  const named = sites.filter((site) => site !== null);
  const rows = await ctx.table.batchGet(named.map((id) => keys.site(ctx.tenantId, id)));
  const zones = new Map(
    rows.flatMap((row, n) => (row ? [[named[n] ?? null, Site.parse(row).timezone] as const] : [])),
  );
  return new Map(sites.map((site) => [site, zones.get(site) ?? timezone]));
}

/** How many targets each wave has: its share of all of them, of those left; the last has the rest. */
export function sizesOf({ waves }: Pick<StoredCampaign, 'waves'>, total: number): number[] {
  let left = total;
  return waves.map((wave, n) => {
    const asked = 'count' in wave ? wave.count : Math.ceil((total * wave.percent) / 100);
    const size = n === waves.length - 1 ? left : Math.min(asked, left);
    left -= size;
    return size;
  });
}
