import type { Context } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import {
  Driver,
  type DriverStatus,
  findDriver,
  findDriverByEmail,
  phoneHash,
} from '#shared/drivers/driver.ts';
import { type DriverView, driverView } from '#shared/drivers/driver-view.ts';

export interface DriverFilter {
  readonly ids?: readonly string[] | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly status?: readonly DriverStatus[] | undefined;
  readonly label?: string | undefined;
  readonly external_ref?: string | undefined;
}

interface DriverPage {
  readonly items: DriverView[];
  readonly total: number | null;
  readonly cursor?: string;
}

/** One request reads at most this many pages of a filter that matches little; the cursor goes on from there. */
const PAGES_AT_ONCE = 12;

/** Drivers, newest first. A credential restricted to sites sees none: they are of no site. */
export async function listDrivers(
  ctx: Context,
  filter: DriverFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<DriverPage> {
  if (allowedSites(ctx)) return { items: [], total: 0 };
  if (filter.ids || filter.email !== undefined) return few(ctx, filter);
  const items: DriverView[] = [];
  let place = cursor;
  for (let page = 0; page < PAGES_AT_ONCE && items.length < limit; page++) {
    const read = await ctx.table.query({
      ...sourceOf(ctx, filter),
      newestFirst: true,
      limit: limit - items.length,
      ...(place ? { cursor: place } : {}),
    });
    const drivers = read.items.map((item) => Driver.parse(item));
    items.push(...viewsOf(ctx, drivers, filter));
    place = read.cursor;
    if (!place) break;
  }
  const isNarrow = Object.values(filter).some((value) => value !== undefined);
  const total = isNarrow ? null : await readCount(ctx.table, keys.count(ctx.tenantId, 'driver'));
  return { items, total, ...(place ? { cursor: place } : {}) };
}

/** Those that are named. */
async function few(ctx: Context, filter: DriverFilter): Promise<DriverPage> {
  const found =
    filter.email === undefined
      ? await Promise.all([...new Set(filter.ids)].map((id) => findDriver(ctx, id)))
      : [await findDriverByEmail(ctx, filter.email)];
  const drivers = found
    .filter((driver) => driver !== undefined)
    .filter(({ id }) => !filter.ids || filter.ids.includes(id))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const items = viewsOf(ctx, drivers, filter);
  return { items, total: items.length };
}

const sourceOf = ({ tenantId: t }: Context, { phone }: DriverFilter) =>
  phone === undefined
    ? ({ index: 'gsi1', pk: keys.drivers(t).gsi1pk } as const)
    : ({ index: 'gsi2', pk: keys.driversByPhone(t, phoneHash(phone)).gsi2pk } as const);

const viewsOf = (ctx: Context, drivers: readonly Driver[], filter: DriverFilter): DriverView[] =>
  drivers.filter((driver) => matches(ctx, driver, filter)).map((one) => driverView(ctx, one));

const matches = (ctx: Context, driver: Driver, filter: DriverFilter): boolean =>
  reachesDriver(ctx, driver.id) &&
  (filter.phone === undefined || driver.phone === filter.phone) &&
  (!filter.status || filter.status.includes(driver.status)) &&
  (filter.label === undefined || driver.labels.includes(filter.label)) &&
  (filter.external_ref === undefined || driver.external_ref === filter.external_ref);
