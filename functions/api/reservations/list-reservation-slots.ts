import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { PlugType } from '#shared/connectors/connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { later, plusSeconds, secondsBetween } from '#shared/core/units.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { listReservationSlots, ReservationSlot } from '#shared/reservations/list-slots.ts';

const DAY_S = 86_400;
const RANGE_S = 7 * DAY_S;

export const endpoint = defineEndpoint({
  id: 'listReservationSlots',
  route: 'GET /v1/reservation-slots',
  summary: 'List the times a connector can be reserved',
  description: `
Free windows at a site or a charger (name one of them), per connector, from \`from\` (now, where left out)
to \`to\` (a day later), at most 7 days. A window is free of reservations; \`in_use_now\` says that somebody
charges there at this moment. Connectors that are out of service have none.

**404**: a charger that is not yours. **422**: an unknown site. **400**: neither site nor charger is named,
or the range is empty or too long.`,
  scope: 'reservations:read',
  forDrivers: true,
  query: z.object({
    site_id: z
      .string()
      .max(48)
      .optional()
      .meta({ description: 'At this site.', example: 'BLR-IND' }),
    charger_id: z.string().max(48).optional().meta({ description: 'On this charger.' }),
    type: commaList(PlugType)
      .optional()
      .meta({ description: 'One of these plugs, comma between them.', example: 'CCS2' }),
    min_power_kw: z.coerce.number().min(0).max(2000).optional().meta({
      description: 'Rated for at least this, kW. A connector of unknown power counts as 0.',
    }),
    from: instant.optional().meta({ example: '2026-05-27T14:00:00Z' }),
    to: instant.optional().meta({ example: '2026-05-28T14:00:00Z' }),
    min_minutes: z.coerce.number().int().min(1).max(1440).default(15).meta({
      description: 'Windows at least this long.',
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('reservation_slots', ReservationSlot).meta({ id: 'ReservationSlotList' }),
  errors: ['not_found', 'validation_failed'],
  examples: {
    fastOnesToday: {
      summary: 'When a CCS2 connector is free at a site',
      query: { site_id: 'BLR-IND', type: 'CCS2' },
      response: {
        reservation_slots: [
          {
            charger_id: 'BLR-013',
            connector: 1,
            site_id: 'BLR-IND',
            type: 'CCS2',
            power_kw: 60,
            starts_at: '2026-05-27T14:03:22.000Z',
            expires_at: '2026-05-27T18:00:00.000Z',
            in_use_now: false,
          },
        ],
        total: 1,
        next_cursor: null,
      },
    },
  },
  async handle({ query }, ctx) {
    const filter = { ...query, ...rangeOf(ctx, query), minutes: query.min_minutes };
    const { items, ...rest } = await readPage(ctx, 'reservation_slots', query, (page) =>
      listReservationSlots(ctx, filter, page),
    );
    return { reservation_slots: items, ...rest };
  },
});

interface Asked {
  readonly site_id?: string | undefined;
  readonly charger_id?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function rangeOf(ctx: Context, asked: Asked): { from: string; to: string } {
  if (asked.site_id === undefined && asked.charger_id === undefined)
    throw refused('site_id', 'required', 'Name a site or a charger.');
  const from = later(asked.from, isoNow(ctx));
  const to = asked.to ?? plusSeconds(from, DAY_S);
  const seconds = secondsBetween(from, to);
  if (seconds === 0) throw refused('to', 'too_small', 'It must be later than `from`, and ahead.');
  if (seconds > RANGE_S) throw refused('to', 'too_big', 'At most 7 days after `from`.');
  return { from, to };
}

const refused = (field: string, code: string, message: string) =>
  new AppError('invalid_request', 'No slots can be told of this.', {
    errors: [{ field, code, message }],
  });

export const handler = serve(endpoint);
