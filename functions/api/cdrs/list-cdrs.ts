import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { exampleCdr } from '#shared/cdrs/cdr-example.ts';
import { CdrView } from '#shared/cdrs/cdr-view.ts';
import { countCdrs, listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { countedListOf, countQuery, totalOf } from '#shared/http/counted-list.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { answerList, pageQuery } from '#shared/http/list.ts';

export const endpoint = defineEndpoint({
  id: 'listCdrs',
  route: 'GET /v1/cdrs',
  summary: 'List charge detail records',
  description: `CDRs, the newest first. \`_after\` includes the instant it names, \`_before\` does not.
Counting would mean reading all, so \`total\` is null unless \`include_total=true\` asks for it; it
stops at 10,000 and then says \`total_capped\`. A filter that matches few CDRs of many may give a page
with fewer than \`limit\`, or none, and a \`next_cursor\`: go on until that is null.`,
  scope: 'cdrs:read',
  forDrivers: true,
  query: z.object({
    session_id: z.string().max(64).optional(),
    site_id: z.string().max(48).optional(),
    charger_id: z.string().max(48).optional(),
    driver_id: z.string().max(64).optional(),
    issued_after: instant.optional(),
    issued_before: instant.optional(),
    started_after: instant.optional(),
    started_before: instant.optional(),
    ...countQuery,
    ...pageQuery,
  }),
  status: 200,
  response: countedListOf('cdrs', CdrView),
  examples: {
    ofSite: {
      summary: 'The CDRs of a site',
      query: { site_id: 'BLR-IND' },
      response: { cdrs: [exampleCdr], total: null, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { include_total, limit: _, cursor: __, ...filter } = query;
    const list = await answerList(ctx, { list: 'listCdrs', plural: 'cdrs', query }, (page) =>
      listCdrs(ctx, filter, page),
    );
    const total = await totalOf(include_total, (atMost) => countCdrs(ctx, filter, atMost));
    return { ...list, ...total };
  },
});

export const handler = serve(endpoint);
