import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { countedListOf, countQuery, totalOf } from '#shared/http/counted-list.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { countReservations, listReservations } from '#shared/reservations/list-reservations.ts';
import { ReservationStatus, ReservationView } from '#shared/reservations/reservation.ts';
import { activeExample } from '#shared/reservations/reservation-example.ts';

export const endpoint = defineEndpoint({
  id: 'listReservations',
  route: 'GET /v1/reservations',
  summary: 'List reservations',
  description: `
Reservations ahead, open and over, the latest window first. Filters narrow the list together; commas
within one filter mean *or*. \`starts_after\` and \`starts_before\` bound the opening of the window, the
first of them included.

\`total\` is \`null\` unless \`include_total=true\` asks for it, and stops at 10,000. A page of a narrow filter
may be short, or even empty: go on while \`next_cursor\` is given. A credential that is restricted to sites
sees the reservations of those sites alone.`,
  scope: 'reservations:read',
  forDrivers: true,
  query: z.object({
    status: commaList(ReservationStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'confirmed,active' }),
    charger_id: z.string().max(48).optional().meta({ description: 'On this charger.' }),
    site_id: z
      .string()
      .max(48)
      .optional()
      .meta({ description: 'At this site.', example: 'BLR-IND' }),
    driver_id: z.string().max(64).optional().meta({ description: 'For this driver.' }),
    token_id: z.string().max(64).optional().meta({ description: 'For this token.' }),
    external_ref: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'With this reference of yours.' }),
    ids: commaList(z.string().max(64))
      .optional()
      .meta({ description: 'These alone, comma between them.' }),
    starts_after: instant.optional().meta({ example: '2026-05-27T00:00:00Z' }),
    starts_before: instant.optional(),
    ...countQuery,
    ...pageQuery,
  }),
  status: 200,
  response: countedListOf('reservations', ReservationView).meta({ id: 'ReservationList' }),
  examples: {
    aheadOrOpen: {
      summary: 'What is reserved at a site',
      query: { site_id: 'BLR-IND', status: 'requested,confirmed,active' },
      response: { reservations: [activeExample], total: null, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { include_total, limit: _, cursor: __, ...filter } = query;
    const { items, ...rest } = await readPage(ctx, 'reservations', query, (page) =>
      listReservations(ctx, filter, page),
    );
    const total = await totalOf(include_total, (atMost) => countReservations(ctx, filter, atMost));
    return { reservations: items, ...rest, ...total };
  },
});

export const handler = serve(endpoint);
