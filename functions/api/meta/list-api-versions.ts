import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { ApiVersion, apiVersions } from '#shared/http/versions.ts';

export const endpoint = defineEndpoint({
  id: 'listApiVersions',
  route: 'GET /v1/versions',
  summary: 'List the dated versions of the API',
  description:
    'Newest first, with what changed and until when each is answered. Send `Magma-Version` to ask for one; without it you get the current one. A version is added only by a change that could break a client.',
  scope: 'public',
  status: 200,
  response: z.object({
    versions: z.array(ApiVersion),
    total: z.int(),
    next_cursor: z.string().nullable(),
  }),
  examples: {
    all: {
      summary: 'All versions',
      response: { versions: [...apiVersions], total: apiVersions.length, next_cursor: null },
    },
  },
  handle: async () => ({
    versions: [...apiVersions],
    total: apiVersions.length,
    next_cursor: null,
  }),
});

export const handler = serve(endpoint);
