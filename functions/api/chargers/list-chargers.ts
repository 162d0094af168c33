import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { ChargerStatus, ChargerView } from '#shared/chargers/charger.ts';
import { chargerExample } from '#shared/chargers/charger-example.ts';
import { listChargers } from '#shared/chargers/list-chargers.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'listChargers',
  route: 'GET /v1/chargers',
  summary: 'List chargers',
  description: `
Every charger with its connectors, by id, ascending. Filters narrow the list together; commas within
one filter mean *or*. Decommissioned chargers are not listed.

\`total\` counts all matches, not the page; it is \`null\` only where counting a filter would mean reading
more than 2,000 chargers. To follow changes, poll with \`updated_since\`, or better, listen to the live
stream and webhooks: they tell of a change the moment it happens.

A credential that is restricted to sites sees the chargers of those sites alone.`,
  scope: 'chargers:read',
  query: z.object({
    site_id: z
      .string()
      .max(48)
      .optional()
      .meta({ description: 'Of this site.', example: 'BLR-IND' }),
    status: commaList(ChargerStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'available,in_use' }),
    model: z.string().optional(),
    label: z.string().optional().meta({ description: 'With this label.' }),
    q: z.string().max(100).optional().meta({
      description: 'Part of the id, name, model or serial number, in any case.',
    }),
    updated_since: instant.optional().meta({
      description: 'Changed at or after this instant: itself, its connection or a connector.',
    }),
    ids: commaList(z.string().max(48))
      .optional()
      .meta({ description: 'These chargers, comma between them; the rest is left out.' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('chargers', ChargerView).meta({ id: 'ChargerList' }),
  examples: {
    ofOneSite: {
      summary: 'The chargers of one site',
      query: { site_id: 'BLR-IND' },
      response: { chargers: [chargerExample], total: 1, next_cursor: null },
    },
    free: {
      summary: 'Chargers with a free connector',
      query: { status: 'available', limit: '200' },
      response: { chargers: [chargerExample], total: 1, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { items, ...rest } = await readPage(ctx, 'chargers', query, (page) =>
      listChargers(ctx, query, page),
    );
    return { chargers: items, ...rest };
  },
});

export const handler = serve(endpoint);
