import { decide } from '#shared/authorizations/record-attempt.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { idTagInfo } from '#shared/ocpp/v16/id-tag-info.ts';

/**
 * A tag is held to the reader of the charger: it is judged as it will be when it starts a charge,
 * wherever that is, and the attempt is kept.
 */
export const authorize = defineInbound('ocpp1.6', 'Authorize', {
  example: { idTag: '04A2B3C4D5' },
  handle: async ({ request, peer, messageId }, ctx) => ({
    idTagInfo: idTagInfo(
      await decide(ctx, {
        uid: request.idTag,
        chargerId: peer.chargerId,
        purpose: 'present',
        repeatKey: `${peer.connectionId}|${messageId}`,
      }),
    ),
  }),
});
