import { defineOutbound } from '#shared/ocpp/action.ts';
import { CancelReservationInput } from '#shared/ocpp/reservation-input.ts';

/** Rejected where the charger keeps no such reservation (H02). */
export const cancelReservation = defineOutbound('ocpp2.0.1', 'CancelReservation', {
  command: 'cancel_reservation',
  capability: 'reservation',
  example: { reservationId: 7 },
  toRequest: (input) => ({ reservationId: CancelReservationInput.parse(input).number }),
});
