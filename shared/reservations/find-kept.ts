import { type Context, isoNow } from '#shared/core/context.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { findBookings, isFor, keptAt, type Shown } from '#shared/reservations/bookings.ts';
import { findByNumber, isOver, Reservation } from '#shared/reservations/reservation.ts';

/** A charge that has begun, as far as it tells which reservation it is of. */
export interface Start {
  readonly chargerId: string;
  readonly connector: number;
  readonly at: string;
  /** What was shown; null where nothing was. */
  readonly shown: Shown | null;
  /** As the charger calls the reservation. */
  readonly number?: number | undefined;
}

const LATE_S = 60;
const LOOK_BACK = 20;

/**
 * The reservation that a start is of: the one the charger names, or the one that keeps the connector
 * for its token; of a start told after the fact, one whose window it fell into.
 */
export async function findKept(ctx: Context, start: Start): Promise<string | undefined> {
  const { chargerId, number } = start;
  const named = number === undefined ? undefined : await findByNumber(ctx, chargerId, number);
  if (named && mayBeOf(named, start.at)) return named.id;
  const { shown } = start;
  if (!shown) return undefined;
  const bookings = await findBookings(ctx, chargerId);
  const kept = keptAt(bookings, start.connector, isoNow(ctx)).find((b) => isFor(b, shown));
  return kept?.id ?? (await afterTheFact(ctx, start, shown));
}

const mayBeOf = (r: Reservation, at: string): boolean =>
  !isOver(r) || (r.status === 'expired' && at < r.expires_at);

async function afterTheFact(
  ctx: Context,
  { chargerId, connector, at }: Start,
  shown: Shown,
): Promise<string | undefined> {
  if (!(secondsBetween(at, isoNow(ctx)) > LATE_S)) return undefined;
  const { gsi2pk: pk } = keys.reservationsOfCharger(ctx.tenantId, chargerId);
  const { items } = await ctx.table.query({
    index: 'gsi2',
    pk,
    to: new Date(at).toISOString(),
    newestFirst: true,
    limit: LOOK_BACK,
  });
  return items
    .map((item) => Reservation.parse(item))
    .find(
      (r) =>
        r.connector === connector &&
        mayBeOf(r, at) &&
        at < r.expires_at &&
        isFor({ uid: r.token_uid, group: r.group_id, driver: r.driver_id }, shown),
    )?.id;
}
