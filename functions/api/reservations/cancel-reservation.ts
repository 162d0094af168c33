import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { cancelReservation } from '#shared/reservations/cancel-reservation.ts';
import {
  getReservation,
  ReservationView,
  reservationView,
} from '#shared/reservations/reservation.ts';
import { activeExample, canceledExample } from '#shared/reservations/reservation-example.ts';

export const endpoint = defineEndpoint({
  id: 'cancelReservation',
  route: 'DELETE /v1/reservations/{reservation_id}',
  summary: 'Cancel a reservation',
  description: `
Gives a reservation up: **200** with it, \`canceled\`. The connector is free for others at once; a charger
that keeps it by itself is told, as soon as it can be reached. Nothing is deleted.

Repeats are safe: a reservation that is over already (fulfilled, expired, canceled, rejected) stays as it
is, and is what the answer shows.`,
  scope: 'reservations:write',
  forDrivers: true,
  params: z.object({ reservation_id: z.string().meta({ example: activeExample.id }) }),
  status: 200,
  response: ReservationView,
  errors: ['not_found'],
  examples: {
    cancel: {
      summary: 'Cancel it while its window is open',
      params: { reservation_id: activeExample.id },
      response: canceledExample,
    },
  },
  recall: async (ctx, { id }) => reservationView(await getReservation(ctx, id)),
  async handle({ params }, ctx) {
    const reservation = await cancelReservation(ctx, params.reservation_id);
    await dispatchNow(ctx, reservation.charger_id);
    return reservation;
  },
});

export const handler = serve(endpoint);
