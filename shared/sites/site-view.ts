import { Charger } from '#shared/chargers/charger.ts';
import { completeChargers } from '#shared/chargers/charger-view.ts';
import { shownStatus } from '#shared/connectors/shown-status.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import type { Site, SiteView } from '#shared/sites/site.ts';

/** A site with its connectors counted by status. Reads every charger of the site. */
export async function siteView(ctx: Context, site: Site): Promise<SiteView> {
  const counts: Record<string, number> = {};
  let chargers = 0;
  let cursor: string | undefined;
  do {
    const page = await ctx.table.query({
      index: 'gsi2',
      pk: keys.chargersOfSite(ctx.tenantId, site.id).gsi2pk,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    const whole = await completeChargers(
      ctx,
      page.items.map((i) => Charger.parse(i)),
    );
    for (const { connectors } of whole)
      for (const status of connectors.map(shownStatus)) counts[status] = (counts[status] ?? 0) + 1;
    chargers += page.items.length;
    cursor = page.cursor;
  } while (cursor);
  const { version, ...fields } = site;
  return { ...fields, counts, chargers, livemode: ctx.livemode, resource_version: version };
}
