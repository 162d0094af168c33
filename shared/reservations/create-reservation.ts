import { newRequestNumber } from '#shared/commands/request-number.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ownDriverId } from '#shared/core/driver-access.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { getDriver } from '#shared/drivers/driver.ts';
import { mayCharge, requireRoom } from '#shared/drivers/driver-rules.ts';
import {
  type Booking,
  type Bookings,
  findAllBookings,
  findBookings,
  overlapping,
  rebook,
  type Slot,
} from '#shared/reservations/bookings.ts';
import { holderOf } from '#shared/reservations/holder.ts';
import { countReservations } from '#shared/reservations/list-reservations.ts';
import {
  checkNewReservation,
  LONGEST_S,
  type NewReservation,
  type Window,
  windowOf,
} from '#shared/reservations/new-reservation.ts';
import { obstacle, taken } from '#shared/reservations/obstacle.ts';
import {
  type Reservation,
  type ReservationView,
  reservationView,
} from '#shared/reservations/reservation.ts';
import { type Spot, spotsFor } from '#shared/reservations/spots.ts';
import {
  type Asked,
  newReservation,
  writeReservation,
} from '#shared/reservations/write-reservation.ts';

/** A charger's windows lie in one row, which must stay small. */
const BOOKINGS_AT_MOST = 200;
/** By one driver from an app, where the organization sets no limit for tokens. */
const KEPT_AT_MOST = 5;

/**
 * Keeps a connector for somebody. One that opens now is asked of the charger where it can do that;
 * any other is held by us until its time comes.
 *
 * Throws not_found (charger), validation_failed, authorization_rejected, reservation_conflict; for a
 * window that opens now also charger_offline, connector_in_use, connector_unavailable,
 * connector_faulted.
 */
export async function createReservation(
  ctx: Context,
  asked: NewReservation,
): Promise<ReservationView> {
  const input = forOneself(ctx, asked);
  checkNewReservation(input);
  const window = windowOf(ctx, input);
  const spots = await spotsFor(ctx, { ...input, type: input.type && [input.type] });
  const holder = await holderOf(ctx, input, spots[0]?.whole.charger.id);
  await mayReserve(ctx);
  const booked = await findAllBookings(
    ctx,
    spots.map(({ whole }) => whole.charger.id),
  );
  let why: AppError | undefined;
  for (const spot of spots) {
    const bookings = booked.get(spot.whole.charger.id);
    const made =
      hindrance(ctx, spot, window, bookings) ?? (await keep(ctx, spot, { input, window, holder }));
    if (!(made instanceof AppError)) return reservationView(made);
    why = made;
  }
  const named = spots.length === 1 ? why : undefined;
  throw named ?? new AppError('reservation_conflict', 'No matching connector is free then.');
}

/** Throws authorization_rejected for a driver who may not charge, or keeps too much already. */
async function mayReserve(ctx: Context): Promise<void> {
  const own = ownDriverId(ctx);
  if (own === undefined) return;
  await mayCharge(ctx, await getDriver(ctx, own));
  const status = ['requested', 'confirmed', 'active'] as const;
  const filter = { status, starts_after: plusSeconds(isoNow(ctx), -LONGEST_S) };
  await requireRoom(ctx, (most) => countReservations(ctx, filter, most), KEPT_AT_MOST);
}

/** A driver who names nobody means the driver. */
function forOneself(ctx: Context, input: NewReservation): NewReservation {
  const own = ownDriverId(ctx);
  const { token_uid, token_id, driver_id } = input;
  const isNamed = token_uid !== undefined || token_id !== undefined || driver_id !== undefined;
  return own === undefined || isNamed ? input : { ...input, driver_id: own };
}

const slotOf = (
  { together }: Spot,
  { starts_at: from, expires_at: to }: Window,
): Slot & { connectors: number[] } => ({
  connectors: [...together],
  from,
  to,
});

/** Why it cannot be this connector. */
function hindrance(
  ctx: Context,
  spot: Spot,
  window: Window,
  bookings: Bookings | undefined,
): AppError | undefined {
  const other = bookings && overlapping(bookings, slotOf(spot, window));
  if (other) return taken(spot, other);
  return window.starts_at <= isoNow(ctx) ? obstacle(spot) : undefined;
}

/** Keeps this connector, or says why not, in case somebody else was faster. */
async function keep(ctx: Context, spot: Spot, asked: Asked): Promise<Reservation | AppError> {
  const { charger } = spot.whole;
  const { window } = asked;
  const number = await newRequestNumber(ctx, charger.id);
  const id = ctx.newId('res');
  return retrying(async () => {
    const bookings = await findBookings(ctx, charger.id);
    const [fresh] = await spotsFor(ctx, { charger_id: charger.id, connector: spot.connector.id });
    const blocked = fresh && hindrance(ctx, fresh, window, bookings);
    if (!fresh || blocked) return blocked ?? new AppError('reservation_conflict', 'It is gone.');
    const ahead = bookings.bookings.filter((b) => b.to > isoNow(ctx));
    if (ahead.length >= BOOKINGS_AT_MOST)
      return new AppError('reservation_conflict', `${charger.id} is booked out.`);
    const { uid, group, driver_id: driver } = asked.holder;
    const booking: Booking = { id, ...slotOf(fresh, window), uid, group, driver };
    const reservation = newReservation(ctx, fresh, asked, { id, number });
    return writeReservation(ctx, fresh, reservation, [rebook(ctx, bookings, [...ahead, booking])]);
  });
}
