import { defineInbound } from '#shared/ocpp/action.ts';
import { idTagInfo } from '#shared/ocpp/v16/id-tag-info.ts';
import { authorize as authorizeToken } from '#shared/tokens/token.ts';

export const authorize = defineInbound('ocpp1.6', 'Authorize', {
  example: { idTag: '04A2B3C4D5' },
  handle: async ({ request }, ctx) => ({
    idTagInfo: idTagInfo(await authorizeToken(ctx, request.idTag)),
  }),
});
