import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { HumanId } from '#shared/chargers/charger.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { listSiteTariffs } from '#shared/tariffs/read-site-tariffs.ts';
import { SiteTariff } from '#shared/tariffs/site-tariff.ts';
import { exampleTariff } from '#shared/tariffs/tariff-example.ts';

export const endpoint = defineEndpoint({
  id: 'listSiteTariffs',
  route: 'GET /v1/tariffs',
  summary: 'List the tariffs of all sites',
  description: `The tariff in force at each site, in the order of site ids, each with the change that
comes next. A site where none was ever set has version 0: charging is free there.`,
  scope: 'tariffs:read',
  query: z.object({
    site_id: commaList(HumanId).optional().meta({ description: 'Only these sites.' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('tariffs', SiteTariff),
  examples: {
    all: {
      summary: 'One site',
      query: {},
      response: { tariffs: [exampleTariff], total: 1, next_cursor: null },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'listSiteTariffs', plural: 'tariffs', query }, (page) =>
      listSiteTariffs(ctx, query.site_id, page),
    ),
});

export const handler = serve(endpoint);
