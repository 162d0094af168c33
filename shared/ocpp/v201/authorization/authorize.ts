import { defineInbound } from '#shared/ocpp/action.ts';
import { idTokenInfo } from '#shared/ocpp/v201/id-token-info.ts';
import { authorize as authorizeToken } from '#shared/tokens/token.ts';

export const authorize = defineInbound('ocpp2.0.1', 'Authorize', {
  example: { idToken: { idToken: '04A2B3C4D5', type: 'ISO14443' } },
  handle: async ({ request }, ctx) => ({
    idTokenInfo: idTokenInfo(await authorizeToken(ctx, request.idToken.idToken)),
  }),
});
