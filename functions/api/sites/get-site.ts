import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { getSite, SiteView } from '#shared/sites/site.ts';
import { siteExample } from '#shared/sites/site-example.ts';
import { siteView } from '#shared/sites/site-view.ts';

export const endpoint = defineEndpoint({
  id: 'getSite',
  route: 'GET /v1/sites/{site_id}',
  summary: 'Read one site',
  description: `
A site with its chargers counted, and its connectors by their status of this moment: statuses that no
connector has are left out of \`counts\`.

\`resource_version\`, the \`ETag\`, is of the site itself: a 304 to \`If-None-Match\` says nothing of the
counts. To follow those, listen to \`connector.status_changed\`, or poll \`GET /v1/connectors\`.`,
  scope: 'sites:read',
  params: z.object({ site_id: z.string().meta({ example: 'BLR-IND' }) }),
  status: 200,
  response: SiteView,
  errors: ['not_found'],
  examples: {
    mall: { summary: 'A site', params: { site_id: 'BLR-IND' }, response: siteExample },
  },
  handle: async ({ params }, ctx) => siteView(ctx, await getSite(ctx, params.site_id)),
});

export const handler = serve(endpoint);
