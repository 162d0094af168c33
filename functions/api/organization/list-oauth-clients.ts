import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { listOauthClients } from '#shared/oauth-clients/list-oauth-clients.ts';
import { OauthClientType } from '#shared/oauth-clients/oauth-client.ts';
import { oauthClientExample } from '#shared/oauth-clients/oauth-client-example.ts';
import { OauthClientView, oauthClientView } from '#shared/oauth-clients/oauth-client-view.ts';

export const endpoint = defineEndpoint({
  id: 'listOauthClients',
  route: 'GET /v1/oauth-clients',
  summary: 'List OAuth clients',
  description:
    'Newest first, with what each may do and where people come back to; never its secret. A credential restricted to sites sees the clients that reach no others.',
  scope: 'admin:read',
  query: z.object({
    type: OauthClientType.optional(),
    ids: commaList(z.string().max(64)).optional().meta({
      description: 'Only these, separated by commas.',
      example: oauthClientExample.id,
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('oauth_clients', OauthClientView).meta({ id: 'OauthClientList' }),
  examples: {
    all: {
      summary: 'All clients',
      query: {},
      response: { oauth_clients: [oauthClientExample], total: 1, next_cursor: null },
    },
    services: { summary: 'Your own software', query: { type: 'service' } },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'oauth_clients', plural: 'oauth_clients', query }, async (page) => {
      const { items, ...rest } = await listOauthClients(ctx, query, page);
      return { items: items.map(oauthClientView), ...rest };
    }),
});

export const handler = serve(endpoint);
