import { defineEvent } from '#shared/events/event.ts';
import { ReservationView } from '#shared/reservations/reservation.ts';
import {
  canceledExample,
  confirmedExample,
  expiredExample,
  fulfilledExample,
  rejectedExample,
  requestedExample,
} from '#shared/reservations/reservation-example.ts';

const of = { object: 'reservation', data: ReservationView, channels: ['webhook'] } as const;

export const ReservationCreated = defineEvent({
  ...of,
  name: 'reservation.created',
  example: requestedExample,
  when: 'Requested',
});
export const ReservationConfirmed = defineEvent({
  ...of,
  channels: ['webhook', 'live'],
  name: 'reservation.confirmed',
  example: confirmedExample,
  core: true,
  when: 'Charger or platform holds it',
});
export const ReservationRejected = defineEvent({
  ...of,
  name: 'reservation.rejected',
  example: rejectedExample,
  when: 'Refused, at once or when its window opened',
});
export const ReservationFulfilled = defineEvent({
  ...of,
  name: 'reservation.fulfilled',
  example: fulfilledExample,
  when: 'Session started against it',
});
export const ReservationExpired = defineEvent({
  ...of,
  name: 'reservation.expired',
  example: expiredExample,
  when: 'No-show',
});
export const ReservationCanceled = defineEvent({
  ...of,
  name: 'reservation.canceled',
  example: canceledExample,
  when: 'Canceled',
});
