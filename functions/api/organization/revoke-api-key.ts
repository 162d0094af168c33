import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { apiKeyExample } from '#shared/organizations/api-key-example.ts';
import { ApiKeyView, apiKeyView } from '#shared/organizations/api-key-view.ts';
import { LONGEST_OVERLAP_S } from '#shared/organizations/new-api-key.ts';
import { revokeApiKey } from '#shared/organizations/revoke-api-key.ts';

export const endpoint = defineEndpoint({
  id: 'revokeApiKey',
  route: 'DELETE /v1/api-keys/{api_key_id}',
  summary: 'Revoke an API key, now or after an overlap',
  description: `
The key is no key any more, at once or \`overlap_seconds\` from now, and cannot be brought back. The edge of the
API remembers for a minute whose a key is: that long it may still be answered. Live sockets that were opened
with it are closed.

Revoking again is no error, and may bring the end forward; never put it off. The last key that can make keys
stays, so that nobody is locked out: **409 conflict** unless another one with \`admin:write\` holds all its
scopes and sites, for 30 days more or as long. To end that one at once, create another that \`replaces\` it.`,
  scope: 'admin:write',
  params: z.object({ api_key_id: z.string().meta({ example: apiKeyExample.id }) }),
  query: z.object({
    overlap_seconds: z.coerce.number().int().min(0).max(LONGEST_OVERLAP_S).default(0).meta({
      description: 'How long it works on; at most 30 days.',
      example: 0,
    }),
  }),
  status: 200,
  response: ApiKeyView,
  errors: ['not_found', 'conflict', 'etag_mismatch'],
  examples: {
    now: {
      summary: 'It has leaked',
      params: { api_key_id: apiKeyExample.id },
      response: {
        ...apiKeyExample,
        status: 'revoked',
        revoked_at: '2026-05-28T09:30:00.000Z',
        resource_version: 2,
      },
    },
    later: {
      summary: 'In an hour',
      params: { api_key_id: apiKeyExample.id },
      query: { overlap_seconds: 3600 },
    },
  },
  async handle({ params, query, ifMatch }, ctx) {
    const revocation = { overlapSeconds: query.overlap_seconds, ifMatch };
    return apiKeyView(ctx, await revokeApiKey(ctx, params.api_key_id, revocation));
  },
});

export const handler = serve(endpoint);
