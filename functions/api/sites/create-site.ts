import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { getSite, NewSite, SiteView } from '#shared/sites/site.ts';
import { siteExample } from '#shared/sites/site-example.ts';
import { siteView } from '#shared/sites/site-view.ts';

export const endpoint = defineEndpoint({
  id: 'createSite',
  route: 'POST /v1/sites',
  summary: 'Create a site',
  description: `
A place with chargers. Its \`id\` is yours to choose, readable, and stays: it is what chargers, tariffs and
reports refer to. \`timezone\` decides what "ten in the evening" means to a tariff, and \`grid_connection\`
what the place may draw.

A new site has no chargers and no tariff: charges there cost nothing until
\`PATCH /v1/tariffs/{site_id}\` sets one.

**409 conflict**: the id is taken. **403 site_restricted**: the credential is restricted to sites that
exist already.`,
  scope: 'sites:write',
  body: NewSite,
  status: 201,
  response: SiteView,
  errors: ['conflict', 'site_restricted'],
  location: ({ id }) => `/v1/sites/${encodeURIComponent(id)}`,
  examples: {
    mall: {
      summary: 'The basement of a mall',
      body: {
        id: 'BLR-IND',
        name: 'Indiranagar Mall',
        address: {
          line1: '100 Feet Road',
          line2: 'Basement 2',
          city: 'Bengaluru',
          state: 'Karnataka',
          postal_code: '560038',
        },
        geo: { lat: 12.9784, lng: 77.6408 },
        amenities: ['restroom', 'food'],
        grid_connection: {
          discom: 'BESCOM',
          consumer_number: '5128846000',
          sanctioned_load_kw: 250,
          phases: 3,
        },
      },
      response: { ...siteExample, counts: {}, chargers: 0 },
    },
    bare: { summary: 'No more than needed', body: { id: 'BLR-IND', name: 'Indiranagar Mall' } },
  },
  recall: async (ctx, { id }) => siteView(ctx, await getSite(ctx, id)),
  handle: ({ body }, ctx) => createSite(ctx, body),
});

export const handler = serve(endpoint);
