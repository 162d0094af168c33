import * as z from 'zod';
import { AuthorizationView } from '#shared/authorizations/authorization.ts';
import { rejectedExample } from '#shared/authorizations/authorization-example.ts';
import { listAuthorizations } from '#shared/authorizations/list-authorizations.ts';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'listAuthorizations',
  route: 'GET /v1/authorizations',
  summary: 'List who was let charge, and who was not',
  description: `
Every time a token was shown to a charger that asked us, newest first: what we answered and why. Cards that
nobody knows are among them, with their \`uid\`, ready to be registered. Kept for 90 days. What a charger
decided by itself while it was offline shows when the transaction is reported.

\`total\` is \`null\`. A page of a narrow filter may be short, or even empty: go on while \`next_cursor\` is
given. A credential that is restricted to sites sees what happened at those sites.`,
  scope: 'tokens:read',
  query: z.object({
    charger_id: z.string().max(48).optional().meta({ description: 'At this charger.' }),
    uid: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Of this token, in any spelling.', example: '04a2b3c4d5e680' }),
    result: AuthorizationView.shape.result.optional().meta({ example: 'rejected' }),
    reason: commaList(AuthorizationView.shape.reason)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'unknown,blocked' }),
    created_after: instant.optional().meta({ example: '2026-05-01T00:00:00Z' }),
    created_before: instant.optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('authorizations', AuthorizationView).meta({ id: 'AuthorizationList' }),
  examples: {
    unknownCards: {
      summary: 'Cards that nobody knows, at one charger',
      query: { charger_id: 'BLR-014', reason: 'unknown' },
      response: { authorizations: [rejectedExample], total: null, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { limit: _, cursor: __, ...filter } = query;
    const { items, ...rest } = await readPage(ctx, 'authorizations', query, (page) =>
      listAuthorizations(ctx, filter, page),
    );
    return { authorizations: items, ...rest };
  },
});

export const handler = serve(endpoint);
