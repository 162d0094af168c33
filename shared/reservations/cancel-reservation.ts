import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { endReservation } from '#shared/reservations/end-reservation.ts';
import {
  getReservation,
  type ReservationView,
  reservationView,
} from '#shared/reservations/reservation.ts';

/** Gives a reservation up. One that is over stays as it is. Throws not_found. */
export async function cancelReservation(ctx: Context, id: string): Promise<ReservationView> {
  await getReservation(ctx, id);
  const after = await endReservation(ctx, id, { status: 'canceled', canceled_by: 'request' });
  if (!after) throw notFound('Reservation');
  return reservationView(after);
}
