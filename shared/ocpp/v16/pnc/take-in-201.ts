import type { Context } from '#shared/core/context.ts';
import type { Admitted, Inbound } from '#shared/ocpp/action.ts';
import { knowsPlugAndCharge } from '#shared/ocpp/knows-plug-and-charge.ts';
import { admit } from '#shared/ocpp/repair/admit.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import { readJson } from '#shared/ocpp/v16/pnc/say-in-201.ts';
import { authorize } from '#shared/ocpp/v201/authorization/authorize.ts';
import { get15118EvCertificate } from '#shared/ocpp/v201/iso15118/get-15118-ev-certificate.ts';
import { getCertificateStatus } from '#shared/ocpp/v201/iso15118/get-certificate-status.ts';
import { signCertificate } from '#shared/ocpp/v201/security/sign-certificate.ts';

/** What a 1.6 charger may say in the words of 2.0.1; handled by the very same functions. */
const messages: readonly Inbound[] = [
  authorize,
  get15118EvCertificate,
  getCertificateStatus,
  signCertificate,
];

type Request = Payload<'ocpp1.6', 'DataTransfer', 'request'>;
type Response = Payload<'ocpp1.6', 'DataTransfer', 'response'>;

/** Answers a message of Plug & Charge; whoever sends one can do Plug & Charge. */
export async function takeIn201(
  ctx: Context,
  { request, peer, messageId, flags }: Admitted<Request>,
): Promise<Response> {
  const message = messages.find(({ action }) => action === request.messageId);
  await knowsPlugAndCharge(ctx, peer);
  if (!message) return { status: 'UnknownMessageId' };
  const { action, version } = message;
  const admission = await admit(version, action, readJson(request.data) ?? null, {
    moneyCarrying: false,
  });
  if (admission.accepted === 'refused') {
    const violations = admission.violations.map(({ path, message: what }) => `${path} ${what}`);
    ctx.log.warn('A Plug & Charge message is invalid', {
      charger: peer.chargerId,
      action,
      violations,
    });
    return { status: 'Rejected' };
  }
  const answer = await message.run({ request: admission.payload, peer, messageId, flags }, ctx);
  const violations = (await validatorFor(version, action, 'response'))(answer);
  if (violations?.length)
    throw new Error(`Our own ${action} answer is invalid: ${JSON.stringify(violations)}`);
  return { status: 'Accepted', data: JSON.stringify(answer) };
}
