import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { findBookings, keptAt } from '#shared/reservations/bookings.ts';
import { LEAD_S } from '#shared/reservations/lead.ts';
import {
  findReservation,
  isOver,
  mayReachReservation,
  type Reservation,
} from '#shared/reservations/reservation.ts';

/** A start over the API, as far as it concerns reservations. */
export interface Use {
  readonly reservation_id: string | null;
  readonly charger_id: string;
  readonly connector?: number | undefined;
}

/**
 * The reservation that a start names; undefined where it names none. Throws validation_failed for one
 * that is not known or of another place, reservation_conflict for one that is over or not open yet.
 */
export async function reservationToUse(ctx: Context, use: Use): Promise<Reservation | undefined> {
  if (use.reservation_id === null) return undefined;
  const found = await findReservation(ctx, use.reservation_id);
  if (!found || !mayReachReservation(ctx, found))
    throw unfit('not_found', 'There is no such reservation.');
  const { charger_id, connector, status, starts_at, expires_at } = found;
  const elsewhere = use.connector !== undefined && use.connector !== connector;
  if (charger_id !== use.charger_id || elsewhere)
    throw unfit('invalid_value', `It is of ${charger_id} connector ${connector}.`);
  const now = isoNow(ctx);
  if (isOver(found) || expires_at <= now)
    throw new AppError('reservation_conflict', `The reservation is over: ${status}.`);
  if (now < plusSeconds(starts_at, -LEAD_S))
    throw new AppError('reservation_conflict', `The reservation opens at ${starts_at}.`);
  return found;
}

const unfit = (code: string, message: string) =>
  new AppError('validation_failed', 'This reservation cannot be used.', {
    errors: [{ field: 'reservation_id', code, message }],
  });

/** Throws connector_unavailable where a connector is kept for another reservation than `own` now. */
export async function requireUnreserved(
  ctx: Context,
  chargerId: string,
  connector: number,
  own: Reservation | undefined,
): Promise<void> {
  const kept = keptAt(await findBookings(ctx, chargerId), connector, isoNow(ctx));
  if (kept.length === 0 || kept.some(({ id }) => id === own?.id)) return;
  throw reserved(chargerId, connector);
}

export const reserved = (chargerId: string, connector: number): AppError =>
  new AppError('connector_unavailable', `${chargerId} connector ${connector} is reserved.`);
