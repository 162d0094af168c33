import { defineOutbound } from '#shared/ocpp/action.ts';
import { CancelReservationInput } from '#shared/ocpp/reservation-input.ts';

/** Rejected where the charger keeps no such reservation. */
export const cancelReservation = defineOutbound('ocpp1.6', 'CancelReservation', {
  command: 'cancel_reservation',
  capability: 'reservation',
  example: { reservationId: 7 },
  toRequest: (input) => ({ reservationId: CancelReservationInput.parse(input).number }),
});
