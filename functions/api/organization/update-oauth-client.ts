import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { OauthClientPatch } from '#shared/oauth-clients/new-oauth-client.ts';
import { oauthClientExample } from '#shared/oauth-clients/oauth-client-example.ts';
import { OauthClientView, oauthClientView } from '#shared/oauth-clients/oauth-client-view.ts';
import { updateOauthClient } from '#shared/oauth-clients/update-oauth-client.ts';

export const endpoint = defineEndpoint({
  id: 'updateOauthClient',
  route: 'PATCH /v1/oauth-clients/{client_id}',
  summary: 'Change an OAuth client',
  description: `
JSON Merge Patch (RFC 7396): lists are replaced as a whole; what it is (\`type\`, \`confidential\`) stays. Fewer
scopes or sites count at once for tokens that are out, but for the minute for which the edge remembers them.

Afterwards it may no more than whoever changes it (**403 insufficient_scope**, **403 site_restricted**), whatever
is changed: else somebody who may less could have its codes sent to himself.`,
  scope: 'admin:write',
  params: z.object({ client_id: z.string().meta({ example: oauthClientExample.id }) }),
  body: OauthClientPatch,
  status: 200,
  response: OauthClientView,
  errors: ['not_found', 'validation_failed', 'site_restricted', 'etag_mismatch'],
  examples: {
    lifetime: {
      summary: 'Tokens that are good for half an hour',
      params: { client_id: oauthClientExample.id },
      body: { access_token_seconds: 1800 },
      response: {
        ...oauthClientExample,
        access_token_seconds: 1800,
        updated_at: '2026-05-28T09:30:00.000Z',
        resource_version: 2,
      },
    },
    scopes: {
      summary: 'Less than before',
      params: { client_id: oauthClientExample.id },
      body: { scopes: ['sessions:read'] },
    },
  },
  handle: async ({ params, body, ifMatch }, ctx) =>
    oauthClientView(await updateOauthClient(ctx, params.client_id, body, ifMatch)),
});

export const handler = serve(endpoint);
