import { defineOutbound } from '#shared/ocpp/action.ts';
import { CancelReservationInput } from '#shared/ocpp/inputs/reservation-input.ts';

/** The charger keeps an EVSE no longer. Rejected where it keeps no such reservation (H02). */
export const cancelReservation = defineOutbound('ocpp2.0.1', 'CancelReservation', {
  command: 'cancel_reservation',
  capability: 'reservation',
  example: { reservationId: 7 },
  toRequest: (input) => ({ reservationId: CancelReservationInput.parse(input).number }),
});
