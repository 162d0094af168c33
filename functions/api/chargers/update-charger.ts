import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { ChargerView } from '#shared/chargers/charger.ts';
import { chargerExample } from '#shared/chargers/charger-example.ts';
import { ChargerPatch } from '#shared/chargers/new-charger.ts';
import { updateCharger } from '#shared/chargers/update-charger.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'updateCharger',
  route: 'PATCH /v1/chargers/{charger_id}',
  summary: 'Change a charger',
  description: `
JSON Merge Patch (RFC 7396): fields left out stay, \`null\` clears. Within \`metadata\`, keys left out stay
and a key set to \`null\` goes; \`labels\` are replaced as a whole.

Moving a charger to another site counts from now on: sessions and CDRs that exist keep the site they
were made at. What the charger itself reports (firmware, OCPP version, status) cannot be set.

Send \`If-Match\` with the \`ETag\` you read to be refused (**412 etag_mismatch**) where someone else was
faster. **422**: there is no such site.`,
  scope: 'chargers:write',
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  body: ChargerPatch,
  status: 200,
  response: ChargerView,
  errors: ['not_found', 'etag_mismatch', 'site_restricted', 'validation_failed'],
  examples: {
    rename: {
      summary: 'Rename and move to another bay',
      params: { charger_id: 'BLR-014' },
      body: { name: 'Basement 2, bay 18', metadata: { bay: 'B2-18' } },
      response: {
        ...chargerExample,
        name: 'Basement 2, bay 18',
        metadata: { bay: 'B2-18' },
        updated_at: '2026-05-27T14:10:00.000Z',
        resource_version: 42,
      },
    },
    takeOffSite: {
      summary: 'Take it off its site',
      params: { charger_id: 'BLR-014' },
      body: { site_id: null, labels: [] },
    },
  },
  handle: ({ params, body, ifMatch }, ctx) => updateCharger(ctx, params.charger_id, body, ifMatch),
});

export const handler = serve(endpoint);
