import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { listSites } from '#shared/sites/manage-sites.ts';
import { SiteView } from '#shared/sites/site.ts';
import { siteExample } from '#shared/sites/site-example.ts';

export const endpoint = defineEndpoint({
  id: 'listSites',
  route: 'GET /v1/sites',
  summary: 'List sites',
  description: `
Sites by id, ascending, each with its chargers and its connectors counted by status. Closed sites are
listed too, unless \`status=open\`.

\`total\` counts all sites; it is \`null\` with a \`status\` filter. A page of a filtered list may be short, or
even empty: go on while \`next_cursor\` is given.

A credential that is restricted to sites sees those alone.`,
  scope: 'sites:read',
  query: z.object({
    status: z.enum(['open', 'closed']).optional(),
    ids: commaList(z.string().max(48))
      .optional()
      .meta({ description: 'These sites, comma between them; the rest is left out.' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('sites', SiteView).meta({ id: 'SiteList' }),
  examples: {
    all: {
      summary: 'All sites',
      query: {},
      response: { sites: [siteExample], total: 1, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { items, ...rest } = await readPage(ctx, 'sites', query, (page) =>
      listSites(ctx, query, page),
    );
    return { sites: items, ...rest };
  },
});

export const handler = serve(endpoint);
