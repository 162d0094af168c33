import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { ChargerView } from '#shared/chargers/charger.ts';
import { chargerExample } from '#shared/chargers/charger-example.ts';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'getCharger',
  route: 'GET /v1/chargers/{charger_id}',
  summary: 'Read one charger',
  description: `
A charger with what it says of itself (vendor, model, firmware), its connectors and its connection.

\`status\` is our roll-up, the first that holds: \`pending\` (never connected), \`offline\`, \`faulted\`,
\`unavailable\`, \`available\` (at least one connector is), \`in_use\`, \`reserved\`. A lost socket is no news
until the grace period is over: \`connectivity.state\` is \`reconnecting\` meanwhile, and the connectors
carry \`status_stale\`.

\`resource_version\` rises with every change to the charger, its connection or a connector, and is the
\`ETag\`. Send it as \`If-None-Match\` to be answered 304 while nothing has changed.`,
  scope: 'chargers:read',
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  status: 200,
  response: ChargerView,
  errors: ['not_found'],
  examples: {
    charger: {
      summary: 'A free AC charger',
      params: { charger_id: 'BLR-014' },
      response: chargerExample,
    },
  },
  handle: ({ params }, ctx) => getChargerView(ctx, params.charger_id),
});

export const handler = serve(endpoint);
