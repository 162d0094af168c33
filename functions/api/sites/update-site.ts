import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { updateSite } from '#shared/sites/manage-sites.ts';
import { SitePatch, SiteView } from '#shared/sites/site.ts';
import { siteExample } from '#shared/sites/site-example.ts';

export const endpoint = defineEndpoint({
  id: 'updateSite',
  route: 'PATCH /v1/sites/{site_id}',
  summary: 'Change a site',
  description: `
JSON Merge Patch (RFC 7396) of the top-level fields: those left out stay, \`null\` clears. \`access\`, \`address\`,
\`geo\`, \`grid_connection\`, \`amenities\` and \`metadata\` are replaced as a whole.

\`status: closed\` retires a site, \`open\` brings it back. Its chargers and its history stay where they are.

Send \`If-Match\` with the \`ETag\` you read to be refused (**412 etag_mismatch**) where someone else was
faster.`,
  scope: 'sites:write',
  params: z.object({ site_id: z.string().meta({ example: 'BLR-IND' }) }),
  body: SitePatch,
  status: 200,
  response: SiteView,
  errors: ['not_found', 'etag_mismatch'],
  examples: {
    close: {
      summary: 'Close a site',
      params: { site_id: 'BLR-IND' },
      body: { status: 'closed' },
      response: {
        ...siteExample,
        status: 'closed',
        updated_at: '2026-05-27T14:10:00.000Z',
        resource_version: 2,
      },
    },
    clear: {
      summary: 'A new name, and no address any more',
      params: { site_id: 'BLR-IND' },
      body: { name: 'Indiranagar', address: null },
    },
  },
  handle: ({ params, body, ifMatch }, ctx) => updateSite(ctx, params.site_id, body, ifMatch),
});

export const handler = serve(endpoint);
