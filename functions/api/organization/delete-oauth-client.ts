import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { deleteOauthClient } from '#shared/oauth-clients/delete-oauth-client.ts';
import { oauthClientExample } from '#shared/oauth-clients/oauth-client-example.ts';

export const endpoint = defineEndpoint({
  id: 'deleteOauthClient',
  route: 'DELETE /v1/oauth-clients/{client_id}',
  summary: 'Delete an OAuth client',
  description:
    'It is given no more tokens, and those that are out, also of people who let it in, are none any more. The edge of the API remembers for a minute whose a token is: that long it may still be answered. Live sockets that it opened are closed.',
  scope: 'admin:write',
  params: z.object({ client_id: z.string().meta({ example: oauthClientExample.id }) }),
  status: 204,
  errors: ['not_found', 'etag_mismatch'],
  examples: {
    one: { summary: 'No more tokens', params: { client_id: oauthClientExample.id } },
  },
  async handle({ params, ifMatch }, ctx) {
    await deleteOauthClient(ctx, params.client_id, ifMatch);
    return undefined;
  },
});

export const handler = serve(endpoint);
