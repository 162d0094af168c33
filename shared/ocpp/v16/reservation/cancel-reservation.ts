import { defineOutbound } from '#shared/ocpp/action.ts';
import { CancelReservationInput } from '#shared/ocpp/inputs/reservation-input.ts';

/** The charger keeps a connector no longer. Rejected where it keeps no such reservation. */
export const cancelReservation = defineOutbound('ocpp1.6', 'CancelReservation', {
  command: 'cancel_reservation',
  capability: 'reservation',
  example: { reservationId: 7 },
  toRequest: (input) => ({ reservationId: CancelReservationInput.parse(input).number }),
});
