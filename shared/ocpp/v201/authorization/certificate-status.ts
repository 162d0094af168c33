import type { Context } from '#shared/core/context.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { questionOf } from '#shared/ocpp/words/certificate-words.ts';
import type { ContractVerdict } from '#shared/plug-and-charge/check-contract.ts';
import type { Verdict } from '#shared/tokens/verdict.ts';

type Request = Payload<'ocpp2.0.1', 'Authorize', 'request'>;
type Status = NonNullable<Payload<'ocpp2.0.1', 'Authorize', 'response'>['certificateStatus']>;

/** What of the certificate of a car's contract was found wrong, in both of 2.0.1's answers. */
export interface BadCertificate {
  readonly verdict: Verdict;
  readonly certificateStatus: Status;
}

/** C07.FR.15 to 17. The errata of 2023-12 leave the other words of the enumeration without a use. */
const bad: Readonly<Record<Exclude<ContractVerdict, 'valid'>, BadCertificate>> = {
  expired: { verdict: 'expired', certificateStatus: 'CertificateExpired' },
  revoked: { verdict: 'invalid', certificateStatus: 'CertificateRevoked' },
  unverifiable: { verdict: 'invalid', certificateStatus: 'CertChainError' },
};

/** Whether the car's contract is to be proved by this request. */
export const hasCertificate = ({ certificate, iso15118CertificateHashData }: Request): boolean =>
  certificate !== undefined || iso15118CertificateHashData !== undefined;

/**
 * Checks the certificate of a contract: the chain where the charger leaves that to us, else what its
 * issuers say of it now (C07.FR.05, .06). Undefined where it is good.
 */
export async function badCertificate(
  ctx: Context,
  { idToken, certificate, iso15118CertificateHashData = [] }: Request,
): Promise<BadCertificate | undefined> {
  const { checkContract } = await import('#shared/plug-and-charge/check-contract.ts');
  const verdict = await checkContract(ctx, {
    emaid: idToken.idToken,
    chain: certificate,
    questions: iso15118CertificateHashData.map(questionOf),
  });
  return verdict === 'valid' ? undefined : bad[verdict];
}

/** The certificate is good; these say that the contract is not (C07.FR.13), others that it may wait (.14). */
const CANCELLED: readonly Verdict[] = ['blocked', 'expired', 'invalid', 'unknown'];

export const goodCertificateStatus = (verdict: Verdict): Status =>
  CANCELLED.includes(verdict) ? 'ContractCancelled' : 'Accepted';
