import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { ConnectorStatus, PlugType } from '#shared/connectors/connector.ts';
import { ConnectorListed } from '#shared/connectors/events.ts';
import { listConnectors } from '#shared/connectors/list-connectors.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'listConnectors',
  route: 'GET /v1/connectors',
  summary: 'List connectors',
  description: `
The connectors of all chargers, by charger and number: what a map or an availability poll needs, without
the chargers around them. Filters narrow the list together; commas within one filter mean *or*.

A connector's status is spelt as OCPP 1.6 does, whatever its charger speaks. While the charger is not
connected it is the last one known, and \`status_stale\` is true.

\`total\` counts all matches; it is \`null\` where that would mean reading more than 2,000 chargers.`,
  scope: 'chargers:read',
  query: z.object({
    site_id: z
      .string()
      .max(48)
      .optional()
      .meta({ description: 'Of this site.', example: 'BLR-IND' }),
    charger_id: z.string().max(48).optional().meta({ description: 'Of this charger.' }),
    status: commaList(ConnectorStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'Available,Preparing' }),
    type: commaList(PlugType)
      .optional()
      .meta({ description: 'One of these plugs, comma between them.', example: 'CCS2' }),
    min_power_kw: z.coerce.number().min(0).max(2000).optional().meta({
      description: 'Rated for at least this, kW. A connector of unknown power counts as 0.',
    }),
    updated_since: instant.optional().meta({
      description: 'Whose status changed at or after this instant.',
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('connectors', ConnectorListed).meta({ id: 'ConnectorList' }),
  examples: {
    freeFastOnes: {
      summary: 'Free CCS2 connectors of 50 kW and more',
      query: { status: 'Available', type: 'CCS2', min_power_kw: '50' },
      response: {
        connectors: [
          {
            id: 1,
            type: 'CCS2',
            status: 'Available',
            power_kw: 60,
            evse_id: null,
            format: 'cable',
            max_current_a: 150,
            phases: null,
            session_id: null,
            reservation_id: null,
            error_code: null,
            status_updated_at: '2026-05-27T13:58:02.114Z',
            status_stale: false,
            charger_id: 'BLR-013',
            site_id: 'BLR-IND',
            resource_version: 9,
          },
        ],
        total: 1,
        next_cursor: null,
      },
    },
  },
  async handle({ query }, ctx) {
    const { items, ...rest } = await readPage(ctx, 'connectors', query, (page) =>
      listConnectors(ctx, query, page),
    );
    return { connectors: items, ...rest };
  },
});

export const handler = serve(endpoint);
