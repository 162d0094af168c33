import { defineInbound } from '#shared/ocpp/action.ts';
import { droppedByCharger } from '#shared/reservations/dropped-by-charger.ts';

const why = { Expired: 'expired', Removed: 'removed' } as const;

/** The charger keeps a reservation no longer, which ends here too (H04, H06). */
export const reservationStatusUpdate = defineInbound('ocpp2.0.1', 'ReservationStatusUpdate', {
  example: { reservationId: 7, reservationUpdateStatus: 'Expired' },
  async handle({ request, peer }, ctx) {
    const { reservationId, reservationUpdateStatus: status } = request;
    await droppedByCharger(ctx, peer.chargerId, reservationId, why[status]);
    return {};
  },
});
