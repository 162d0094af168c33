import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { countBy, readCount } from '#shared/core/counts.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { SiteCreated, SiteUpdated } from '#shared/sites/events.ts';
import {
  findSite,
  getSite,
  type NewSite,
  Site,
  type SitePatch,
  type SiteView,
} from '#shared/sites/site.ts';
import { siteView } from '#shared/sites/site-view.ts';

/** Throws `conflict` where the id is taken, `site_restricted` for a credential of other sites. */
export async function createSite(ctx: Context, input: NewSite): Promise<SiteView> {
  if (allowedSites(ctx))
    throw new AppError('site_restricted', 'This credential is restricted to sites that exist.');
  const at = isoNow(ctx);
  const site = Site.parse({ ...input, created_at: at, updated_at: at, version: 1 });
  const view = await siteView(ctx, site);
  try {
    await commit(ctx, {
      aggregate: { kind: 'site', id: site.id, version: 1 },
      writes: [
        { op: 'put', when: 'absent', item: siteItem(ctx, site) },
        countBy(keys.count(ctx.tenantId, 'site'), 1),
      ],
      events: [eventOf(ctx, SiteCreated, { ...about(site), object: view })],
    });
  } catch (error) {
    throw error instanceof ConditionFailed ? taken(site.id) : error;
  }
  return view;
}

/** Throws not_found, etag_mismatch. */
export async function updateSite(
  ctx: Context,
  id: string,
  patch: SitePatch,
  ifMatch?: number,
): Promise<SiteView> {
  return retrying(async () => {
    const before = await getSite(ctx, id);
    if (ifMatch !== undefined && before.version !== ifMatch)
      throw new AppError('etag_mismatch', 'The site has changed since you read it.');
    const next = applyPatch(before, patch);
    if (Object.keys(changed(before, next)).length === 0) return siteView(ctx, before);
    const site = { ...next, version: before.version + 1, updated_at: isoNow(ctx) };
    const view = await siteView(ctx, site);
    await commit(ctx, {
      aggregate: { kind: 'site', id, version: site.version },
      writes: [{ op: 'put', when: { version: before.version }, item: siteItem(ctx, site) }],
      events: [
        eventOf(ctx, SiteUpdated, {
          ...about(site),
          object: view,
          previous: changed(before, site),
        }),
      ],
    });
    return view;
  });
}

export interface SiteFilter {
  readonly ids?: readonly string[] | undefined;
  readonly status?: Site['status'] | undefined;
}

/** Sites by id, ascending, with their connectors counted. */
export async function listSites(
  ctx: Context,
  { ids, status }: SiteFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: SiteView[]; total: number | null; cursor?: string }> {
  const only = ids ?? allowedSites(ctx);
  if (only) {
    const found = await Promise.all([...new Set(only)].map((id) => findSite(ctx, id)));
    const sites = found
      .filter((s) => s !== undefined)
      .filter((s) => !status || s.status === status);
    return { items: await views(ctx, sites), total: sites.length };
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
  const sites = page.items.map((i) => Site.parse(i)).filter((s) => !status || s.status === status);
  const next = page.cursor ? { cursor: page.cursor } : {};
  return { items: await views(ctx, sites), total: status ? null : total, ...next };
}

const views = (ctx: Context, sites: readonly Site[]) =>
  Promise.all(sites.map((s) => siteView(ctx, s)));

const about = (site: Site) => ({ id: site.id, version: site.version, scope: { site_id: site.id } });

const siteItem = (ctx: Context, site: Site) => ({
  ...site,
  ...keys.site(ctx.tenantId, site.id),
  ...keys.sites(ctx.tenantId, site.id),
});

const taken = (id: string) =>
  new AppError('conflict', `A site with the id ${id} exists already.`, {
    errors: [{ field: 'id', code: 'taken', message: 'Choose another id.' }],
  });

function changed(before: Site, after: Site): Record<string, unknown> {
  const next = new Map<string, unknown>(Object.entries(after));
  const differs = ([name, value]: [string, unknown]) =>
    !['version', 'updated_at'].includes(name) &&
    JSON.stringify(value) !== JSON.stringify(next.get(name));
  return Object.fromEntries(Object.entries(before).filter(differs));
}
