import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { answerList, listOf, pageQuery } from '#shared/http/list.ts';
import { listRequests } from '#shared/request-log/list-requests.ts';
import { requestExample } from '#shared/request-log/request-example.ts';
import { RequestRecord } from '#shared/request-log/request-record.ts';

export const endpoint = defineEndpoint({
  id: 'listRequests',
  route: 'GET /v1/requests',
  summary: 'List requests',
  description: `
The requests of the last 30 days, newest first, as \`GET /v1/requests/{request_id}\` shows each. One call looks
through a week, and through 2,000 requests at most: with filters a page may be short, or even empty; go on while
\`next_cursor\` is given. A credential restricted to sites sees its own requests.`,
  scope: 'audit:read',
  query: z.object({
    status: z
      .string()
      .regex(/^[1-5](\d\d|xx)$/, 'A status, or a class of them: 4xx')
      .optional()
      .meta({ description: 'A status, or a class of them.', example: '4xx' }),
    operation: z.string().max(64).optional().meta({ example: 'startSession' }),
    credential_id: z.string().max(64).optional().meta({ example: requestExample.credential.id }),
    correlation_id: z.string().max(128).optional(),
    created_after: instant.optional(),
    created_before: instant.optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('requests', RequestRecord).meta({ id: 'RequestList' }),
  examples: {
    refused: {
      summary: 'What was refused',
      query: { status: '4xx' },
      response: { requests: [requestExample], total: null, next_cursor: null },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'requests', plural: 'requests', query }, (page) =>
      listRequests(ctx, query, page),
    ),
});

export const handler = serve(endpoint);
