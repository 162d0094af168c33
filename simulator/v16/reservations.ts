import * as z from 'zod';
import { cancelReservation, reserve } from '#simulator/reservations/reserve.ts';
import { answer } from '#simulator/rpc/answer.ts';

const ReserveNow = z.object({
  connectorId: z.int().nonnegative(),
  expiryDate: z.iso.datetime({ offset: true }),
  idTag: z.string().min(1).max(20),
  parentIdTag: z.string().max(20).optional(),
  reservationId: z.int(),
});

/** Connector 0 is any one [1.6 section 5.13]. */
export const reserveNow = answer(ReserveNow, (turn, request) => ({
  status: reserve(turn, {
    id: request.reservationId,
    connectorId: request.connectorId || null,
    plug: null,
    tag: { id: request.idTag, kind: 'Central' },
    group: request.parentIdTag ?? null,
    expiresAt: Date.parse(request.expiryDate),
  }),
}));

export const cancelReservation16 = answer(
  z.object({ reservationId: z.int() }),
  (turn, { reservationId }) => ({
    status: cancelReservation(turn, reservationId) ? 'Accepted' : 'Rejected',
  }),
);
