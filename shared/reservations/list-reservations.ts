import * as z from 'zod';
import { isVisiblePlace } from '#shared/chargers/visible-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { withinReach } from '#shared/core/driver-access.ts';
import { listedDriver } from '#shared/core/site-access.ts';
import type { Item, Page } from '#shared/core/table.ts';
import { later, plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { MAX_AHEAD_S } from '#shared/reservations/new-reservation.ts';
import {
  mayReachReservation,
  Reservation,
  type ReservationStatus,
  type ReservationView,
  reservationView,
} from '#shared/reservations/reservation.ts';

/** Bounds are instants in UTC with milliseconds, of the opening of the window: `after` includes its own. */
export interface ReservationFilter {
  readonly ids?: readonly string[] | undefined;
  readonly status?: readonly ReservationStatus[] | undefined;
  readonly charger_id?: string | undefined;
  readonly site_id?: string | undefined;
  readonly driver_id?: string | undefined;
  readonly token_id?: string | undefined;
  readonly external_ref?: string | undefined;
  readonly starts_after?: string | undefined;
  readonly starts_before?: string | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Where a walk stands: the month it reads (lists of all) and the table's own cursor there. */
const Place = z.object({ month: z.string().optional(), at: z.string().optional() });
type Place = z.infer<typeof Place>;

/** One request reads at most this many pages of a filter that matches little; the cursor goes on from there. */
const PAGES_AT_ONCE = 12;

/** Reservations, the latest window first. */
export async function listReservations(
  ctx: Context,
  asked: ReservationFilter,
  { limit, cursor }: Paging,
): Promise<{ items: ReservationView[]; cursor?: string }> {
  const filter = withinReach(ctx, asked);
  if (!filter || !(await isVisiblePlace(ctx, filter))) return { items: [] };
  if (filter.ids) return { items: await named(ctx, filter.ids, filter) };
  const items: ReservationView[] = [];
  const oldest = await oldestMonth(ctx, filter);
  let place: Place | undefined = cursor ? Place.parse(JSON.parse(cursor)) : first(ctx, filter);
  for (let page = 0; place && page < PAGES_AT_ONCE && items.length < limit; page++) {
    const read = await readPage(ctx, filter, place, { limit: limit - items.length, oldest });
    items.push(...read.found.filter((r) => matches(ctx, r, filter)).map(reservationView));
    place = read.next;
  }
  return { items, ...(place ? { cursor: JSON.stringify(place) } : {}) };
}

/** How many match, counting no further than `atMost`. Reads them all. */
export async function countReservations(
  ctx: Context,
  filter: ReservationFilter,
  atMost: number,
): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await listReservations(ctx, filter, {
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    count += page.items.length;
    cursor = page.cursor;
  } while (cursor && count < atMost);
  return Math.min(count, atMost);
}

async function named(ctx: Context, ids: readonly string[], filter: ReservationFilter) {
  const found = await complete(ctx, [...new Set(ids)]);
  return found
    .filter((r) => matches(ctx, r, filter))
    .sort((a, b) => (a.starts_at < b.starts_at ? 1 : -1))
    .map(reservationView);
}

const byMonth = (ctx: Context, filter: ReservationFilter) =>
  !filter.charger_id && !filter.site_id && !listedDriver(ctx, filter);

const first = (ctx: Context, filter: ReservationFilter): Place =>
  byMonth(ctx, filter)
    ? { month: (filter.starts_before ?? plusSeconds(isoNow(ctx), MAX_AHEAD_S)).slice(0, 7) }
    : {};

/** Nothing was reserved before the organization was there. */
async function oldestMonth(ctx: Context, filter: ReservationFilter): Promise<string> {
  if (!byMonth(ctx, filter)) return '';
  const { created_at } = await getOrganization(ctx);
  return later(filter.starts_after, created_at).slice(0, 7);
}

async function readPage(
  ctx: Context,
  filter: ReservationFilter,
  place: Place,
  { limit, oldest }: { readonly limit: number; readonly oldest: string },
): Promise<{ found: Reservation[]; next: Place | undefined }> {
  const page = await query(ctx, filter, place, limit);
  const found = await wholeOf(ctx, page.items);
  if (page.cursor) return { found, next: { ...place, at: page.cursor } };
  const month = place.month && monthBefore(place.month);
  return { found, next: month && month >= oldest ? { month } : undefined };
}

function query(
  ctx: Context,
  filter: ReservationFilter,
  place: Place,
  limit: number,
): Promise<Page> {
  const t = ctx.tenantId;
  const rest = { newestFirst: true, limit, ...(place.at ? { cursor: place.at } : {}) };
  const { charger_id: charger, site_id: site } = filter;
  const driver = listedDriver(ctx, filter);
  if (driver) {
    const from = filter.starts_after ? { from: filter.starts_after } : {};
    return ctx.table.query({ ...keys.reservationsOfDriver(t, driver), ...from, ...rest });
  }
  if (charger) {
    const { gsi2pk: pk } = keys.reservationsOfCharger(t, charger);
    return ctx.table.query({ index: 'gsi2', pk, ...rest });
  }
  if (site) return ctx.table.query({ ...keys.reservationsAtSite(t, site), ...rest });
  const { gsi1pk: pk } = keys.reservations(t, place.month ?? isoNow(ctx));
  return ctx.table.query({ index: 'gsi1', pk, ...rest });
}

/** Rows as they are; pointers (of a site's or a driver's list) by what they point to. */
async function wholeOf(ctx: Context, items: readonly Item[]): Promise<Reservation[]> {
  const pointers = items.filter((item) => 'reservation_id' in item);
  if (pointers.length === 0) return items.map((item) => Reservation.parse(item));
  return complete(
    ctx,
    pointers.map((item) => String(item['reservation_id'])),
  );
}

async function complete(ctx: Context, ids: readonly string[]): Promise<Reservation[]> {
  const rows = await ctx.table.batchGet(ids.map((id) => keys.reservation(ctx.tenantId, id)));
  return rows.filter((row) => row !== undefined).map((row) => Reservation.parse(row));
}

function matches(ctx: Context, r: Reservation, filter: ReservationFilter): boolean {
  const { status, starts_after: after, starts_before: before } = filter;
  const same = (['charger_id', 'site_id', 'driver_id', 'token_id', 'external_ref'] as const).every(
    (name) => filter[name] === undefined || r[name] === filter[name],
  );
  return (
    mayReachReservation(ctx, r) &&
    same &&
    (!status || status.includes(r.status)) &&
    (!after || r.starts_at >= after) &&
    (!before || r.starts_at < before)
  );
}

function monthBefore(month: string): string {
  const [year, m] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (m ?? 1) - 2, 1)).toISOString().slice(0, 7);
}
