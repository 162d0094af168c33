import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import {
  getReservation,
  ReservationView,
  reservationView,
} from '#shared/reservations/reservation.ts';
import { activeExample } from '#shared/reservations/reservation-example.ts';

export const endpoint = defineEndpoint({
  id: 'getReservation',
  route: 'GET /v1/reservations/{reservation_id}',
  summary: 'Read a reservation',
  description: `
A reservation with its window, who keeps it (\`held_by\`) and what became of it. Its window and outcome stay
as they were for good. The session that began on it is \`session_id\`.`,
  scope: 'reservations:read',
  forDrivers: true,
  params: z.object({ reservation_id: z.string().meta({ example: activeExample.id }) }),
  status: 200,
  response: ReservationView,
  errors: ['not_found'],
  examples: {
    active: {
      summary: 'Kept by its charger, its window open',
      params: { reservation_id: activeExample.id },
      response: activeExample,
    },
  },
  handle: async ({ params }, ctx) =>
    reservationView(await getReservation(ctx, params.reservation_id)),
});

export const handler = serve(endpoint);
