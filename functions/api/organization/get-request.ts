import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { getRequest } from '#shared/request-log/find-request.ts';
import { requestExample } from '#shared/request-log/request-example.ts';
import { RequestRecord } from '#shared/request-log/request-record.ts';

export const endpoint = defineEndpoint({
  id: 'getRequest',
  route: 'GET /v1/requests/{request_id}',
  summary: 'Get a request',
  description: `
What became of a request, by the \`X-Request-Id\` of its answer (\`request_id\` in errors, events and the audit
log): who asked for what, from where, and how it was answered. Kept for 30 days. Bodies, queries and headers are
not kept, so no secret is. What a request changed is in the audit log, under \`request_id\`.

A request without a valid credential (401) belongs to no organization and can be read by nobody; nor can what
was refused before it reached us, whose answer has no \`X-Request-Id\` that begins with \`req_\`. A credential
restricted to sites sees its own requests.`,
  scope: 'audit:read',
  params: z.object({ request_id: z.string().max(64).meta({ example: requestExample.id }) }),
  status: 200,
  response: RequestRecord,
  errors: ['not_found'],
  examples: {
    refused: {
      summary: 'Why a session did not start',
      params: { request_id: requestExample.id },
      response: requestExample,
    },
  },
  handle: ({ params }, ctx) => getRequest(ctx, params.request_id),
});

export const handler = serve(endpoint);
