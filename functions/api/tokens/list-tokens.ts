import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { listTokens } from '#shared/tokens/list-tokens.ts';
import { TokenStatus, TokenType } from '#shared/tokens/token.ts';
import { tokenExample } from '#shared/tokens/token-example.ts';
import { TokenView } from '#shared/tokens/token-view.ts';

const text = z.string().max(100).optional();

export const endpoint = defineEndpoint({
  id: 'listTokens',
  route: 'GET /v1/tokens',
  summary: 'List tokens',
  description: `
RFID cards and other tokens, newest first. Filters narrow the list together; commas within one filter mean
*or*. \`uid\` finds a card as a charger would: case and surrounding blanks do not matter. The tags of
sessions that were started over the API are no tokens, and are not listed.

\`total\` counts all matches, not the page; it is \`null\` only where counting a filter would mean reading
more than 2,000 tokens. A credential that is restricted to sites sees none: tokens are the whole
organization's.`,
  scope: 'tokens:read',
  forDrivers: true,
  query: z.object({
    uid: text.meta({ description: 'What the charger reads.', example: '04a2b3c4d5e680' }),
    driver_id: text.meta({ description: 'Of this driver.' }),
    type: commaList(TokenType).optional().meta({ example: 'rfid,app' }),
    status: commaList(TokenStatus).optional().meta({ example: 'blocked,lost' }),
    contract_id: text,
    group_id: text,
    label: text.meta({ description: 'With this label.', example: 'staff' }),
    external_ref: text.meta({ description: 'With this reference of yours.' }),
    updated_since: instant.optional().meta({ example: '2026-05-01T00:00:00Z' }),
    ids: commaList(z.string().max(64)).optional().meta({
      description: 'These tokens, comma between them; the rest is left out.',
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('tokens', TokenView).meta({ id: 'TokenList' }),
  examples: {
    ofOneDriver: {
      summary: 'The tokens of one driver',
      query: { driver_id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC' },
      response: { tokens: [tokenExample], total: 1, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { limit: _, cursor: __, ...filter } = query;
    const { items, ...rest } = await readPage(ctx, 'tokens', query, (page) =>
      listTokens(ctx, filter, page),
    );
    return { tokens: items, ...rest };
  },
});

export const handler = serve(endpoint);
