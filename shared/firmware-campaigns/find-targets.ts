import { Charger } from '#shared/chargers/charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import type { StoredCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { changeCampaign, turnAt } from '#shared/firmware-campaigns/change-campaign.ts';
import { newTarget } from '#shared/firmware-campaigns/target.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { Site } from '#shared/sites/site.ts';

/** Two rows each, in one transaction with the campaign's. */
const PAGE = 45;

/** A campaign whose targets are still looked for. */
export type Searching = StoredCampaign & { readonly search: NonNullable<StoredCampaign['search']> };

export const isSearching = (campaign: StoredCampaign): campaign is Searching =>
  campaign.search !== null;

/**
 * Finds one page of a campaign's targets and hands on to the next. The turn passes on in the transaction
 * that stores the page, so a task that comes twice, or died, adds nobody twice. Throws ConditionFailed.
 */
export async function findTargets(ctx: Context, campaign: Searching): Promise<void> {
  const { chargers, cursor } = await nextChargers(ctx, campaign);
  const fitting = chargers.filter((charger) => isMeant(campaign, charger));
  const zones = await zonesOf(ctx, fitting);
  const first = campaign.search.found;
  const writes = fitting.flatMap((charger, n) =>
    newTarget(ctx, campaign.id, {
      charger_id: charger.id,
      position: first + n,
      zone: zones.get(charger.site_id) ?? '',
    }),
  );
  const found = first + fitting.length;
  const next = {
    turn: campaign.turn + 1,
    zones: [...new Set([...campaign.zones, ...zones.values()])],
    search: cursor === null ? null : { cursor, found },
    wave_sizes: cursor === null ? sizesOf(campaign, found) : [],
  };
  const at = cursor === null && campaign.start_at ? campaign.start_at : isoNow(ctx);
  const tasks = [turnAt(ctx, { id: campaign.id, turn: next.turn }, at)];
  await changeCampaign(ctx, campaign, next, { writes, tasks });
}

async function nextChargers(
  ctx: Context,
  { targets, search: { cursor } }: Searching,
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
