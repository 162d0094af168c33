import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { deleteToken } from '#shared/tokens/manage-tokens.ts';
import { tokenExample } from '#shared/tokens/token-example.ts';

export const endpoint = defineEndpoint({
  id: 'deleteToken',
  route: 'DELETE /v1/tokens/{token_id}',
  summary: 'Remove a token',
  description: `
Its uid is unknown from now on, and may be registered anew. Sessions and authorizations keep what they hold
of it. Chargers that keep a list of tokens for when they are offline take it off within a minute or two,
or as soon as they can be reached.

A sandbox accepts unknown cards: **block** a card there to have it refused.`,
  scope: 'tokens:write',
  params: z.object({ token_id: z.string().meta({ example: tokenExample.id }) }),
  status: 204,
  errors: ['not_found', 'etag_mismatch'],
  examples: {
    remove: { summary: 'Remove one token', params: { token_id: tokenExample.id } },
  },
  async handle({ params, ifMatch }, ctx) {
    await deleteToken(ctx, params.token_id, ifMatch);
    return undefined;
  },
});

export const handler = serve(endpoint);
