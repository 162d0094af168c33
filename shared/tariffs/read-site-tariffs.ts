import { type Context, isoNow } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { findSite, getSite, Site } from '#shared/sites/site.ts';
import { type SiteTariff, siteTariff, versionView } from '#shared/tariffs/site-tariff.ts';
import {
  allVersions,
  headVersion,
  tariffNow,
  versionAfter,
} from '#shared/tariffs/tariff-version.ts';

/** The tariff in force at a site, with all its versions where asked for. Throws not_found. */
export async function getSiteTariff(
  ctx: Context,
  siteId: string,
  withVersions: boolean,
): Promise<SiteTariff> {
  await getSite(ctx, siteId);
  const tariff = await readTariff(ctx, siteId);
  if (!withVersions) return tariff;
  return { ...tariff, versions: (await allVersions(ctx, siteId)).map(versionView) };
}

async function readTariff(ctx: Context, siteId: string): Promise<SiteTariff> {
  const [inForce, next, changes] = await Promise.all([
    tariffNow(ctx, siteId),
    versionAfter(ctx, siteId, isoNow(ctx)),
    headVersion(ctx, siteId),
  ]);
  return siteTariff(ctx, inForce, next, changes);
}

/** The tariff of every site, by site id, ascending. */
export async function listSiteTariffs(
  ctx: Context,
  siteIds: readonly string[] | undefined,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: SiteTariff[]; total: number; cursor?: string }> {
  const only = siteIds ?? allowedSites(ctx);
  if (only) {
    const found = await Promise.all([...new Set(only)].map((id) => findSite(ctx, id)));
    const items = await tariffsOf(
      ctx,
      found.filter((site) => site !== undefined),
    );
    return { items, total: items.length };
  }
  const [page, total] = await Promise.all([
    ctx.table.query({
      index: 'gsi1',
      pk: keys.sites(ctx.tenantId).gsi1pk,
      limit,
      ...(cursor ? { cursor } : {}),
    }),
    readCount(ctx.table, keys.count(ctx.tenantId, 'site')),
  ]);
  const items = await tariffsOf(
    ctx,
    page.items.map((item) => Site.parse(item)),
  );
  return { items, total, ...(page.cursor ? { cursor: page.cursor } : {}) };
}

const tariffsOf = (ctx: Context, sites: readonly Site[]) =>
  Promise.all(sites.map(({ id }) => readTariff(ctx, id)));
