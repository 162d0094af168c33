import { Charger, type ChargerView } from '#shared/chargers/charger.ts';
import {
  chargerView,
  completeChargers,
  findCharger,
  mayReach,
} from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';

export interface ChargerFilter {
  readonly site_id?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
  readonly model?: string | undefined;
  readonly label?: string | undefined;
  /** Part of id, name, model or serial number; case does not matter. */
  readonly q?: string | undefined;
  readonly updated_since?: string | undefined;
}

export interface ChargerPage {
  readonly items: ChargerView[];
  readonly total: number | null;
  readonly cursor?: string;
}

const SCAN_PAGE = 200;
/** Filters that no index serves count matches up to here; past it the total is unknown. */
const COUNTED_AT_MOST = 2000;

/** Chargers by id, ascending. `total` is exact; null where a filter would mean reading more than 2,000 chargers. */
export async function listChargers(
  ctx: Context,
  filter: ChargerFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ChargerPage> {
  if (filter.site_id && !mayReach(ctx, { site_id: filter.site_id })) return { items: [], total: 0 };
  if (filter.ids) return byIds(ctx, filter, filter.ids);
  if (isPlain(ctx, filter)) return plain(ctx, filter, page);
  return filtered(ctx, filter, page);
}

/** Nothing but the site, which has an index, narrows the list. */
const isPlain = (ctx: Context, filter: ChargerFilter) => {
  const { status, model, label, q, updated_since } = filter;
  const narrows = [status, model, label, q, updated_since].some((value) => value !== undefined);
  return !narrows && !allowedSites(ctx);
};

const source = (ctx: Context, { site_id }: ChargerFilter) =>
  site_id
    ? ({ index: 'gsi2', pk: keys.chargersOfSite(ctx.tenantId, site_id).gsi2pk } as const)
    : ({ index: 'gsi1', pk: keys.chargers(ctx.tenantId).gsi1pk } as const);

async function plain(
  ctx: Context,
  filter: ChargerFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<ChargerPage> {
  const [{ items, cursor: next }, total] = await Promise.all([
    ctx.table.query({ ...source(ctx, filter), limit, ...(cursor ? { cursor } : {}) }),
    readCount(ctx.table, keys.count(ctx.tenantId, 'charger', filter.site_id ?? '')),
  ]);
  const views = await viewsOf(
    ctx,
    items.map((i) => Charger.parse(i)),
  );
  return { items: views, total, ...(next ? { cursor: next } : {}) };
}

/** Reads the source once through: the page is the `limit` matches after the cursor, which is an id. */
async function filtered(
  ctx: Context,
  filter: ChargerFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<ChargerPage> {
  const matches: ChargerView[] = [];
  const beyond = () => matches.filter((v) => !cursor || v.id > cursor);
  let next: string | undefined;
  let read = 0;
  do {
    const page = await ctx.table.query({
      ...source(ctx, filter),
      limit: SCAN_PAGE,
      ...(next ? { cursor: next } : {}),
    });
    const chargers = page.items
      .map((i) => Charger.parse(i))
      .filter((c) => rowMatches(ctx, c, filter));
    const views = await viewsOf(ctx, chargers);
    matches.push(...views.filter((v) => viewMatches(v, filter)));
    read += page.items.length;
    next = page.cursor;
  } while (next && (read < COUNTED_AT_MOST || beyond().length <= limit));
  const rest = beyond();
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last;
  return { items, total: next ? null : matches.length, ...(more ? { cursor: last.id } : {}) };
}

async function byIds(ctx: Context, filter: ChargerFilter, ids: readonly string[]) {
  const found = await Promise.all([...new Set(ids)].map((id) => findCharger(ctx, id)));
  const chargers = found.filter((c) => c !== undefined).filter((c) => rowMatches(ctx, c, filter));
  const items = (await viewsOf(ctx, chargers)).filter((v) => viewMatches(v, filter));
  return { items, total: items.length };
}

const viewsOf = async (ctx: Context, chargers: readonly Charger[]) =>
  (await completeChargers(ctx, chargers)).map((whole) => chargerView(ctx, whole));

function rowMatches(ctx: Context, charger: Charger, filter: ChargerFilter): boolean {
  const { id, name, model, serial_number } = charger;
  const q = filter.q?.toLowerCase();
  return (
    mayReach(ctx, charger) &&
    (filter.site_id === undefined || charger.site_id === filter.site_id) &&
    (filter.model === undefined || model === filter.model) &&
    (filter.label === undefined || charger.labels.includes(filter.label)) &&
    (!q || [id, name, model, serial_number].some((text) => text?.toLowerCase().includes(q)))
  );
}

function viewMatches(view: ChargerView, { status, updated_since: since }: ChargerFilter): boolean {
  const changes = [
    view.updated_at,
    view.connectivity.since,
    ...view.connectors.map((c) => c.status_updated_at),
  ];
  return (
    (!status || status.includes(view.status)) &&
    (!since || changes.some((at) => at !== null && Date.parse(at) >= Date.parse(since)))
  );
}
