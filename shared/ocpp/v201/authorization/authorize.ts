import { decide } from '#shared/authorizations/record-attempt.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { idTokenInfo } from '#shared/ocpp/v201/id-token-info.ts';
import { shownToken } from '#shared/ocpp/v201/id-token-of.ts';

/** A token is shown to the charger; where it will charge is not known yet. */
export const authorize = defineInbound('ocpp2.0.1', 'Authorize', {
  example: { idToken: { idToken: '04A2B3C4D5', type: 'ISO14443' } },
  async handle({ request, peer, messageId }, ctx) {
    const shown = shownToken(request.idToken);
    if (!shown) return { idTokenInfo: idTokenInfo({ verdict: 'invalid', token: undefined }) };
    const authorization = await decide(ctx, {
      ...shown,
      chargerId: peer.chargerId,
      purpose: 'present',
      repeatKey: `${peer.connectionId}|${messageId}`,
    });
    return { idTokenInfo: idTokenInfo(authorization) };
  },
});
