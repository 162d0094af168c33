import { Cdr } from '#shared/cdrs/cdr.ts';
import { type CdrView, cdrView } from '#shared/cdrs/cdr-view.ts';
import { findCdrOfSession, mayReachCdr } from '#shared/cdrs/find-cdr.ts';
import { isVisiblePlace } from '#shared/chargers/visible-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { withinReach } from '#shared/core/driver-access.ts';
import { AppError } from '#shared/core/errors.ts';
import { listedDriver } from '#shared/core/site-access.ts';
import type { Item } from '#shared/core/table.ts';
import { later } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** Bounds are instants in UTC with milliseconds: `after` includes its own, `before` does not. */
export interface CdrFilter {
  readonly session_id?: string | undefined;
  readonly site_id?: string | undefined;
  readonly charger_id?: string | undefined;
  readonly driver_id?: string | undefined;
  readonly issued_after?: string | undefined;
  readonly issued_before?: string | undefined;
  readonly started_after?: string | undefined;
  readonly started_before?: string | undefined;
}

const SCAN_PAGE = 200;
/** One request reads so many CDRs at most: a filter that matches few gives short pages. */
const SCANNED_AT_MOST = 4000;

/** CDRs, the newest first. The cursor is the place in the order of issue after which a page begins. */
export async function listCdrs(
  ctx: Context,
  asked: CdrFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: CdrView[]; cursor?: string }> {
  const filter = withinReach(ctx, asked);
  if (!filter || !(await isVisiblePlace(ctx, filter))) return { items: [] };
  const items: CdrView[] = [];
  let scanned = 0;
  let last: Cdr | undefined;
  for await (const cdr of cdrsNewestFirst(ctx, filter, cursor)) {
    if (last && (items.length === limit || scanned === SCANNED_AT_MOST))
      return { items, cursor: placeOf(last) };
    if (matches(ctx, cdr, filter)) items.push(cdrView(cdr));
    scanned += 1;
    last = cdr;
  }
  return { items };
}

/** How many there are, counted up to `most`. */
export async function countCdrs(ctx: Context, asked: CdrFilter, most: number): Promise<number> {
  const filter = withinReach(ctx, asked);
  if (!filter) return 0;
  let count = 0;
  for await (const cdr of cdrsNewestFirst(ctx, filter)) {
    if (matches(ctx, cdr, filter)) count += 1;
    if (count === most) break;
  }
  return count;
}

const placeOf = (cdr: Cdr) => `${cdr.issued_at}#${cdr.id}`;

/** Every CDR that an index can name for the filter, the newest first, from the place on. */
export async function* cdrsNewestFirst(
  ctx: Context,
  filter: CdrFilter,
  place?: string,
): AsyncGenerator<Cdr> {
  if (place !== undefined && !/^\d{4}-\d\d-[^#]+#/.test(place))
    throw new AppError('invalid_request', 'This cursor does not belong to this list.');
  if (filter.session_id) {
    const only = place ? undefined : await findCdrOfSession(ctx, filter.session_id);
    if (only) yield only;
    return;
  }
  const until = earliest(filter.issued_before, place);
  const since = filter.issued_after ?? '';
  const driver = listedDriver(ctx, filter);
  if (driver) {
    const { pk } = keys.cdrsOfDriver(ctx.tenantId, driver);
    yield* partition(ctx, { pk }, since, until);
    return;
  }
  if (filter.site_id) {
    const { gsi2pk } = keys.cdrsOfSite(ctx.tenantId, filter.site_id);
    yield* partition(ctx, { index: 'gsi2', pk: gsi2pk }, since, until);
    return;
  }
  for (const first of await months(ctx, since, until)) {
    const { gsi1pk } = keys.cdrs(ctx.tenantId, first);
    yield* partition(ctx, { index: 'gsi1', pk: gsi1pk }, since, until);
  }
}

type Source = { readonly index?: 'gsi1' | 'gsi2'; readonly pk: string };

/** `until` is an instant or a place, and itself left out. */
async function* partition(
  ctx: Context,
  source: Source,
  since: string,
  until = '9',
): AsyncGenerator<Cdr> {
  let cursor: string | undefined;
  do {
    const page = await ctx.table.query({
      ...source,
      from: since,
      to: until,
      newestFirst: true,
      limit: SCAN_PAGE,
      ...(cursor ? { cursor } : {}),
    });
    for (const cdr of await complete(ctx, page.items)) if (placeOf(cdr) !== until) yield cdr;
    cursor = page.cursor;
  } while (cursor);
}

/** Rows as they are; pointers (of a driver's list) by what they point to. */
async function complete(ctx: Context, items: readonly Item[]): Promise<Cdr[]> {
  const ids = items.map((item) => item['cdr_id']).filter((id) => typeof id === 'string');
  if (ids.length === 0) return items.map((item) => Cdr.parse(item));
  const rows = await ctx.table.batchGet(ids.map((id) => keys.cdr(ctx.tenantId, id)));
  return rows.filter((row) => row !== undefined).map((row) => Cdr.parse(row));
}

/** The first days of the months in question, back to the one the organization began in. */
async function months(ctx: Context, since: string, until: string | undefined): Promise<string[]> {
  const { created_at } = await getOrganization(ctx);
  const oldest = later(since, created_at).slice(0, 7);
  let month = (earliest(until, isoNow(ctx)) ?? '').slice(0, 7);
  const found: string[] = [];
  while (month >= oldest) {
    found.push(`${month}-01`);
    month = new Date(Date.parse(`${month}-01T00:00:00Z`) - 1).toISOString().slice(0, 7);
  }
  return found;
}

const earliest = (...instants: readonly (string | undefined)[]) =>
  instants.filter((at) => at !== undefined).sort()[0];

function matches(ctx: Context, cdr: Cdr, filter: CdrFilter): boolean {
  const { site_id, charger_id, driver_id, started_after, started_before } = filter;
  const started = Date.parse(cdr.started_at);
  const issued = Date.parse(cdr.issued_at);
  return (
    mayReachCdr(ctx, cdr) &&
    (!site_id || cdr.site_id === site_id) &&
    (!charger_id || cdr.charger_id === charger_id) &&
    (!driver_id || cdr.driver_id === driver_id) &&
    isWithin(issued, filter.issued_after, filter.issued_before) &&
    isWithin(started, started_after, started_before)
  );
}

const isWithin = (at: number, after: string | undefined, before: string | undefined) =>
  (!after || at >= Date.parse(after)) && (!before || at < Date.parse(before));
