import { decide } from '#shared/authorizations/record-attempt.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { idTagInfo } from '#shared/ocpp/v16/id-tag-info.ts';

/** A tag is held to the reader of the charger; where it will charge is not known yet. */
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
