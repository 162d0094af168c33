import { defineEvent } from '#shared/events/event.ts';
import { ReservationView } from '#shared/reservations/reservation.ts';

const of = { object: 'reservation', data: ReservationView, channels: ['webhook'] } as const;

export const ReservationCreated = defineEvent({
  ...of,
  name: 'reservation.created',
  when: 'Requested',
});
export const ReservationConfirmed = defineEvent({
  ...of,
  channels: ['webhook', 'live'],
  name: 'reservation.confirmed',
  when: 'Charger or platform holds it',
});
export const ReservationRejected = defineEvent({
  ...of,
  name: 'reservation.rejected',
  when: 'Refused, at once or when its window opened',
});
export const ReservationFulfilled = defineEvent({
  ...of,
  name: 'reservation.fulfilled',
  when: 'Session started against it',
});
export const ReservationExpired = defineEvent({
  ...of,
  name: 'reservation.expired',
  when: 'No-show',
});
export const ReservationCanceled = defineEvent({
  ...of,
  name: 'reservation.canceled',
  when: 'Canceled',
});
