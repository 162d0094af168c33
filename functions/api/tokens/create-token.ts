import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { createToken } from '#shared/tokens/manage-tokens.ts';
import { NewToken } from '#shared/tokens/new-token.ts';
import { getToken } from '#shared/tokens/token.ts';
import { newTokenExample } from '#shared/tokens/token-example.ts';
import { TokenView, tokenView } from '#shared/tokens/token-view.ts';

export const endpoint = defineEndpoint({
  id: 'createToken',
  route: 'POST /v1/tokens',
  summary: 'Register a token',
  description: `
From now on whoever shows it may charge at every site that lets it in, until it is blocked, its
\`valid_until\` has come, or it has as many sessions open as it may have. Chargers that keep a list of
tokens for when they are offline get it within a minute or two.

**409 conflict**: the organization has a token of this \`uid\`, perhaps in another spelling: case and
surrounding blanks do not matter to a charger. **403 site_restricted**: a credential that is restricted to
sites makes no tokens, which open chargers everywhere.`,
  scope: 'tokens:write',
  body: NewToken,
  status: 201,
  response: TokenView,
  errors: ['conflict', 'site_restricted', 'validation_failed'],
  location: ({ id }) => `/v1/tokens/${id}`,
  examples: {
    card: {
      summary: 'A card of a fleet that is let into sites for staff',
      body: {
        uid: '04A2B3C4D5E680',
        driver_id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC',
        group_id: 'FLEET-7',
        labels: ['staff'],
        name: 'Card of the blue van',
        visual_number: '0007 4411',
        valid_until: '2027-03-31T18:30:00Z',
      },
      response: newTokenExample,
    },
    guest: { summary: 'A card and nothing more', body: { uid: '04D1E2F3A4B5C6' } },
  },
  recall: async (ctx, { id }) => tokenView(ctx, await getToken(ctx, id)),
  handle: ({ body }, ctx) => createToken(ctx, body),
});

export const handler = serve(endpoint);
