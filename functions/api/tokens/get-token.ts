import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { getToken } from '#shared/tokens/token.ts';
import { tokenExample } from '#shared/tokens/token-example.ts';
import { TokenView, tokenView } from '#shared/tokens/token-view.ts';

export const endpoint = defineEndpoint({
  id: 'getToken',
  route: 'GET /v1/tokens/{token_id}',
  summary: 'Read one token',
  description: `
A token, with where it was last accepted, to the hour: \`last_used_at\` changes without a new
\`resource_version\`. Each single use is in \`GET /v1/authorizations?uid=…\`.`,
  scope: 'tokens:read',
  forDrivers: true,
  params: z.object({ token_id: z.string().meta({ example: tokenExample.id }) }),
  status: 200,
  response: TokenView,
  errors: ['not_found'],
  examples: {
    card: {
      summary: 'A card in use',
      params: { token_id: tokenExample.id },
      response: tokenExample,
    },
  },
  handle: async ({ params }, ctx) => tokenView(ctx, await getToken(ctx, params.token_id)),
});

export const handler = serve(endpoint);
