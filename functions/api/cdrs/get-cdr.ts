import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { exampleCdr } from '#shared/cdrs/cdr-example.ts';
import { CdrView } from '#shared/cdrs/cdr-view.ts';
import { getCdr } from '#shared/cdrs/find-cdr.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'getCdr',
  route: 'GET /v1/cdrs/{cdr_id}',
  summary: 'Get a charge detail record',
  description: `The priced record of one session: times, place, meter, price lines that explain
themselves, tax lines, and the prices the session began with. A CDR is issued within seconds of the
end of its session, exactly once, and never changes.`,
  scope: 'cdrs:read',
  forDrivers: true,
  params: z.object({ cdr_id: z.string().regex(/^cdr_[0-9A-Z]{26}$/) }),
  status: 200,
  response: CdrView,
  errors: ['not_found'],
  examples: {
    one: {
      summary: '45 minutes of charging, 18 minutes left plugged in',
      params: { cdr_id: exampleCdr.id },
      response: exampleCdr,
    },
  },
  handle: ({ params }, ctx) => getCdr(ctx, params.cdr_id),
});

export const handler = serve(endpoint);
