import { decide, recordAttempt } from '#shared/authorizations/record-attempt.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { knowsPlugAndCharge } from '#shared/ocpp/knows-plug-and-charge.ts';
import {
  badCertificate,
  goodCertificateStatus,
  hasCertificate,
} from '#shared/ocpp/v201/authorization/certificate-status.ts';
import { idTokenInfo } from '#shared/ocpp/v201/id-token-info.ts';
import { shownToken } from '#shared/ocpp/v201/id-token-of.ts';
import { authorize as authorizeToken } from '#shared/tokens/authorize.ts';

/**
 * A token is shown to the charger; where it will charge is not known yet. A car shows the certificate of
 * its contract with it (C07).
 */
export const authorize = defineInbound('ocpp2.0.1', 'Authorize', {
  example: { idToken: { idToken: '04A2B3C4D5', type: 'ISO14443' } },
  async handle({ request, peer, messageId }, ctx) {
    const shown = shownToken(request.idToken);
    if (!shown) return { idTokenInfo: idTokenInfo({ verdict: 'invalid', token: undefined }) };
    const question = {
      ...shown,
      chargerId: peer.chargerId,
      purpose: 'present',
      repeatKey: `${peer.connectionId}|${messageId}`,
    } as const;
    if (!hasCertificate(request)) return { idTokenInfo: idTokenInfo(await decide(ctx, question)) };
    await knowsPlugAndCharge(ctx, peer);
    const bad = await badCertificate(ctx, request);
    if (!bad) {
      const authorization = await decide(ctx, question);
      const certificateStatus = goodCertificateStatus(authorization.verdict);
      return { idTokenInfo: idTokenInfo(authorization), certificateStatus };
    }
    const { verdict, certificateStatus } = bad;
    await recordAttempt(ctx, question, { ...(await authorizeToken(ctx, question)), verdict });
    return { idTokenInfo: idTokenInfo({ verdict, token: undefined }), certificateStatus };
  },
});
