import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { apiKeyExample } from '#shared/organizations/api-key-example.ts';
import { ApiKeyStatus, ApiKeyView, apiKeyView } from '#shared/organizations/api-key-view.ts';
import { listApiKeys } from '#shared/organizations/list-api-keys.ts';

export const endpoint = defineEndpoint({
  id: 'listApiKeys',
  route: 'GET /v1/api-keys',
  summary: 'List API keys',
  description: `
Newest first, with what each may do, where, and from which addresses; never its secret. A key is recognised
by its \`prefix\`, and in events, logs and \`GET /v1/whoami\` by its \`id\`.

\`last_used_at\` is noted at most once an hour: what has a day in it that is long past can be revoked. Keys
that are revoked or have expired are listed for 90 days more. A credential restricted to sites sees the keys
that reach no others. A key made before this operation was appears when it is next used.`,
  scope: 'admin:read',
  query: z.object({
    status: ApiKeyStatus.optional(),
    ids: commaList(z.string().max(64)).optional().meta({
      description: 'Only these, separated by commas.',
      example: apiKeyExample.id,
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('api_keys', ApiKeyView).meta({ id: 'ApiKeyList' }),
  examples: {
    all: {
      summary: 'All keys',
      query: {},
      response: { api_keys: [apiKeyExample], total: 1, next_cursor: null },
    },
    active: { summary: 'Those that work', query: { status: 'active' } },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'api_keys', plural: 'api_keys', query }, async (page) => {
      const { items, ...rest } = await listApiKeys(ctx, query, page);
      return { items: items.map((key) => apiKeyView(ctx, key)), ...rest };
    }),
});

export const handler = serve(endpoint);
