import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import { keepConnector } from '#shared/connectors/keep-connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { askCharger } from '#shared/reservations/ask-charger.ts';
import {
  type Booking,
  findBookings,
  overlapping,
  rebook,
  type Slot,
} from '#shared/reservations/bookings.ts';
import { writeStep } from '#shared/reservations/change-reservation.ts';
import { ReservationConfirmed, ReservationCreated } from '#shared/reservations/events.ts';
import { type Holder, holderOf } from '#shared/reservations/holder.ts';
import { LEAD_S } from '#shared/reservations/lead.ts';
import {
  checkNewReservation,
  type NewReservation,
  type Window,
  windowOf,
} from '#shared/reservations/new-reservation.ts';
import { obstacle, taken } from '#shared/reservations/obstacle.ts';
import {
  Reservation,
  type ReservationView,
  reservationView,
} from '#shared/reservations/reservation.ts';
import { type Spot, spotsFor } from '#shared/reservations/spots.ts';
import { AdvanceReservation } from '#shared/reservations/tasks.ts';

/** A charger's windows lie in one row, which must stay small. */
const BOOKINGS_AT_MOST = 200;
const KEPT_AFTER_S = 30 * 86_400;

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
  input: NewReservation,
): Promise<ReservationView> {
  checkNewReservation(input);
  const window = windowOf(ctx, input);
  const spots = await spotsFor(ctx, { ...input, type: input.type && [input.type] });
  const holder = await holderOf(ctx, input, spots[0]?.whole.charger.id);
  let why: AppError | undefined;
  for (const spot of spots) {
    const made = await keep(ctx, spot, { input, window, holder });
    if (!(made instanceof AppError)) return reservationView(made);
    why = made;
  }
  const named = spots.length === 1 ? why : undefined;
  throw named ?? new AppError('reservation_conflict', 'No matching connector is free then.');
}

interface Asked {
  readonly input: NewReservation;
  readonly window: Window;
  readonly holder: Holder;
}

/** Keeps this connector, or says why not. */
async function keep(ctx: Context, spot: Spot, asked: Asked): Promise<Reservation | AppError> {
  const { charger } = spot.whole;
  const { starts_at: from, expires_at: to } = asked.window;
  const open = from <= isoNow(ctx);
  const slot = { connectors: [...spot.together], from, to };
  const blocked = (await conflict(ctx, spot, slot)) ?? (open ? obstacle(spot) : undefined);
  if (blocked) return blocked;
  const number = await newRequestNumber(ctx, charger.id);
  const id = ctx.newId('res');
  return retrying(async () => {
    const bookings = await findBookings(ctx, charger.id);
    const other = overlapping(bookings, slot);
    if (other) return taken(spot, other);
    const ahead = bookings.bookings.filter((b) => b.to > isoNow(ctx));
    if (ahead.length >= BOOKINGS_AT_MOST)
      return new AppError('reservation_conflict', `${charger.id} is booked out.`);
    const [fresh] = open
      ? await spotsFor(ctx, { charger_id: charger.id, connector: spot.connector.id })
      : [spot];
    const inTheWay = fresh && open ? obstacle(fresh) : undefined;
    if (!fresh || inTheWay) return inTheWay ?? new AppError('reservation_conflict', 'It is gone.');
    const { uid, group, driver_id: driver } = asked.holder;
    const booking: Booking = { id, ...slot, uid, group, driver };
    const reservation = newReservation(ctx, fresh, asked, { id, number });
    return write(ctx, fresh, reservation, [rebook(ctx, bookings, [...ahead, booking])]);
  });
}

async function conflict(ctx: Context, spot: Spot, slot: Slot) {
  const other = overlapping(await findBookings(ctx, spot.whole.charger.id), slot);
  return other && taken(spot, other);
}

function newReservation(
  ctx: Context,
  { whole: { charger }, connector }: Spot,
  { input, window, holder }: Asked,
  names: { readonly id: string; readonly number: number },
): Reservation {
  const at = isoNow(ctx);
  const open = window.starts_at <= at;
  const asks = open && capabilitiesOf(charger).reservation;
  return Reservation.parse({
    ...names,
    ...window,
    status: asks ? 'requested' : open ? 'active' : 'confirmed',
    held_by: asks ? null : 'platform',
    confirmed_at: asks ? null : at,
    charger_id: charger.id,
    connector: connector.id,
    site_id: charger.site_id,
    token_uid: holder.uid,
    token_type: holder.type,
    token_id: holder.token_id,
    driver_id: holder.driver_id,
    group_id: holder.group,
    external_ref: input.external_ref,
    metadata: input.metadata,
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    version: 0,
  });
}

async function write(
  ctx: Context,
  { whole, connector }: Spot,
  reservation: Reservation,
  booked: readonly Write[],
): Promise<Reservation> {
  const asks = reservation.status === 'requested';
  const call = asks
    ? askCharger(ctx, reservation, connectorPlace(whole.connectors, connector.id))
    : undefined;
  const kept =
    reservation.starts_at <= reservation.created_at
      ? keepConnector(ctx, connector, reservation.id, reservation.site_id)
      : undefined;
  const moreEvents: Recorded[] = kept?.events ?? [];
  return writeStep(ctx, 0, {
    reservation: { ...reservation, command_id: call?.commandId ?? null },
    types: asks ? [ReservationCreated] : [ReservationCreated, ReservationConfirmed],
    writes: [
      ...booked,
      ...names(ctx, reservation),
      ...(kept ? [kept.write] : []),
      ...(call?.writes ?? []),
    ],
    tasks: [...moments(ctx, reservation), ...(call?.tasks ?? [])],
    moreEvents,
  });
}

/** Where it is found: by the charger's number for it, and at its site. */
function names(ctx: Context, r: Reservation): Write[] {
  const t = ctx.tenantId;
  const numbered = {
    ...keys.numberedReservation(t, r.charger_id, r.number),
    reservation_id: r.id,
    ttl: Math.floor(Date.parse(r.expires_at) / 1000) + KEPT_AFTER_S,
  };
  const atSite = r.site_id && keys.reservationAtSite(t, r.site_id, r.starts_at, r.id);
  return [
    { op: 'put', when: 'absent', item: numbered },
    ...(atSite ? [{ op: 'put' as const, item: { ...atSite, reservation_id: r.id } }] : []),
  ];
}

/** Soon, opening, closing: one that is over by then takes no notice. */
function moments(ctx: Context, { id, starts_at, expires_at, created_at }: Reservation): DueTask[] {
  const ahead = starts_at > created_at ? [plusSeconds(starts_at, -LEAD_S), starts_at] : [];
  return [...ahead, expires_at].map((at) =>
    dueTask(ctx, AdvanceReservation, { reservation_id: id }, at),
  );
}
