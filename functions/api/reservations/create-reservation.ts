import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { createReservation } from '#shared/reservations/create-reservation.ts';
import { NewReservation } from '#shared/reservations/new-reservation.ts';
import {
  getReservation,
  ReservationView,
  reservationView,
} from '#shared/reservations/reservation.ts';
import { confirmedExample, requestedExample } from '#shared/reservations/reservation-example.ts';

export const endpoint = defineEndpoint({
  id: 'createReservation',
  route: 'POST /v1/reservations',
  summary: 'Reserve a connector',
  description: `
Keeps a connector for somebody from \`starts_at\` (now, where left out) to \`expires_at\`: one of a charger,
or any at a site that matches \`type\` and \`min_power_kw\`; the weakest that suffices is taken. Two
reservations of one connector never overlap: of many who ask at once, one gets it and the others **409
reservation_conflict**.

A window that opens now on a charger that can keep a connector by itself makes it \`requested\`: the
charger is asked, and what it says arrives as \`reservation.confirmed\` or \`reservation.rejected\`
(\`rejected_reason\`). In any other case it is \`confirmed\` (\`active\` once open) at once, and held by the
platform: a token that is not the reservation's, its group's or its driver's is refused there. Ten minutes
before a window ahead opens, the connector is kept already and the charger asked; whoever still charges
when it opens makes it \`rejected\`, \`occupied\`. A token that may no longer charge by then makes it
\`rejected\`, \`policy\`.

A session begun by the holder, at the charger or with \`reservation_id\` of \`POST /v1/sessions\`, makes it
\`fulfilled\`. One that nobody used is \`expired\`.

For a window that opens now: **409 charger_offline**, **connector_in_use**, **connector_unavailable**,
**connector_faulted**. **403 authorization_rejected**: the token may not charge. **404**: a charger that
is not yours. **422**: an unknown site, connector, token or driver, a window too short, too long or too
far ahead.

**With a driver token** it is for that driver, by one of the driver's own tokens, whether one is named or not;
and of those ahead a driver has no more than a token may have sessions open (five, where the organization says
nothing): **403 authorization_rejected**.`,
  scope: 'reservations:write',
  forDrivers: true,
  body: NewReservation,
  status: 201,
  quota: 'device',
  response: ReservationView,
  errors: [
    'not_found',
    'validation_failed',
    'authorization_rejected',
    'reservation_conflict',
    'charger_offline',
    'connector_in_use',
    'connector_unavailable',
    'connector_faulted',
  ],
  location: ({ id }) => `/v1/reservations/${id}`,
  examples: {
    now: {
      summary: 'Half an hour from now on',
      body: {
        charger_id: 'BLR-014',
        connector: 1,
        expires_at: '2026-05-27T14:33:22Z',
        token_uid: '04A2B3C4D5',
      },
      response: requestedExample,
    },
    anyFastOne: {
      summary: 'Any CCS2 connector of 50 kW and more at a site, this evening',
      body: {
        site_id: 'BLR-IND',
        type: 'CCS2',
        min_power_kw: 50,
        starts_at: '2026-05-27T18:00:00Z',
        expires_at: '2026-05-27T19:00:00Z',
        token_uid: '04A2B3C4D5',
      },
      response: confirmedExample,
    },
  },
  recall: async (ctx, { id }) => reservationView(await getReservation(ctx, id)),
  async handle({ body }, ctx) {
    const reservation = await createReservation(ctx, body);
    if (reservation.command_id) await dispatchNow(ctx, reservation.charger_id);
    return reservation;
  },
});

export const handler = serve(endpoint);
