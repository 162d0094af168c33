import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { HumanId } from '#shared/chargers/charger.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList } from '#shared/http/list.ts';
import { getSiteTariff } from '#shared/tariffs/read-site-tariffs.ts';
import { SiteTariff } from '#shared/tariffs/site-tariff.ts';
import { exampleTariff } from '#shared/tariffs/tariff-example.ts';

export const endpoint = defineEndpoint({
  id: 'getSiteTariff',
  route: 'GET /v1/tariffs/{site_id}',
  summary: 'Get the tariff of a site',
  description: `What a session that begins at this site now is priced by, and the change that comes
next. \`expand=versions\` adds every version, past and scheduled, the latest \`effective_from\` first (at most 200).`,
  scope: 'tariffs:read',
  forDrivers: true,
  params: z.object({ site_id: HumanId }),
  query: z.object({
    expand: commaList(z.enum(['versions']))
      .optional()
      .meta({ example: 'versions' }),
  }),
  status: 200,
  response: SiteTariff,
  errors: ['not_found'],
  examples: {
    now: {
      summary: 'Energy and idle time, GST on top',
      params: { site_id: 'BLR-IND' },
      query: {},
      response: exampleTariff,
    },
  },
  handle: ({ params, query }, ctx) =>
    getSiteTariff(ctx, params.site_id, query.expand?.includes('versions') ?? false),
});

export const handler = serve(endpoint);
