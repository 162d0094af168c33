import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { updateToken } from '#shared/tokens/manage-tokens.ts';
import { TokenPatch } from '#shared/tokens/new-token.ts';
import { tokenExample } from '#shared/tokens/token-example.ts';
import { TokenView } from '#shared/tokens/token-view.ts';

export const endpoint = defineEndpoint({
  id: 'updateToken',
  route: 'PATCH /v1/tokens/{token_id}',
  summary: 'Assign, block or relabel a token',
  description: `
JSON Merge Patch (RFC 7396) of the top-level fields: those left out stay, \`null\` clears; \`labels\` and
\`metadata\` are replaced as a whole. \`uid\` and \`type\` stay as they are: register another token.

A blocked or lost token is refused at the next charger that asks. Those that decide by themselves while
they are offline hear of it as soon as they can be reached. A session under way goes on: stop it with
\`DELETE /v1/sessions/{session_id}\`.`,
  scope: 'tokens:write',
  params: z.object({ token_id: z.string().meta({ example: tokenExample.id }) }),
  body: TokenPatch,
  status: 200,
  response: TokenView,
  errors: ['not_found', 'etag_mismatch'],
  examples: {
    block: {
      summary: 'The card was lost',
      params: { token_id: tokenExample.id },
      body: { status: 'lost' },
      response: {
        ...tokenExample,
        status: 'lost',
        updated_at: '2026-05-27T14:10:00.000Z',
        resource_version: 2,
      },
    },
    handOn: {
      summary: 'To another driver, for good',
      params: { token_id: tokenExample.id },
      body: { driver_id: 'drv_01JVB2S4M6P8R0T2W4Y6A8C0E2', valid_until: null },
    },
  },
  handle: ({ params, body, ifMatch }, ctx) => updateToken(ctx, params.token_id, body, ifMatch),
});

export const handler = serve(endpoint);
