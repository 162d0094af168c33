import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { deleteCharger } from '#shared/chargers/update-charger.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'deleteCharger',
  route: 'DELETE /v1/chargers/{charger_id}',
  summary: 'Retire a charger',
  description: `
Decommissions: the password is void, the socket is closed, and the charger disappears from every list.
Its sessions, CDRs and commands stay. The id is not given out again, the OCPP identity is free.

**409 connector_in_use**: a session is open; stop it first, and retry when it has ended. A repeat
answers **404**, as for any charger that is not there.`,
  scope: 'chargers:write',
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  status: 204,
  errors: ['not_found', 'connector_in_use', 'etag_mismatch'],
  examples: {
    retire: { summary: 'Retire one charger', params: { charger_id: 'BLR-014' } },
  },
  async handle({ params, ifMatch }, ctx) {
    await deleteCharger(ctx, params.charger_id, ifMatch);
    return undefined;
  },
});

export const handler = serve(endpoint);
