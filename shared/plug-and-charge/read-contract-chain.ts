import type { Context } from '#shared/core/context.ts';
import { canonicalEmaid } from '#shared/core/emaid.ts';
import {
  type Certificate,
  oneLine,
  readChain,
  UnreadableCertificate,
} from '#shared/plug-and-charge/certificate.ts';
import type { ContractCertificate } from '#shared/plug-and-charge/contract.ts';
import { findPath } from '#shared/plug-and-charge/find-path.ts';
import { trustForContracts } from '#shared/plug-and-charge/trust.ts';

export type ReadContract =
  | {
      /** The contract's certificate, then its issuers up to the trust anchor. */
      readonly path: readonly [Certificate, ...Certificate[]];
      readonly problem?: undefined;
    }
  | {
      readonly problem: 'malformed' | 'wrong_emaid' | 'expired' | 'untrusted';
      readonly reason: string;
    };

/**
 * Reads the chain of a contract, leaf first, as a car shows it: it must be of this eMAID, and lead to a
 * root that the organization trusts with contracts.
 */
export async function readContractChain(
  ctx: Context,
  pem: string,
  emaid: string,
): Promise<ReadContract> {
  let chain: Certificate[];
  try {
    chain = readChain(pem);
  } catch (error) {
    if (!(error instanceof UnreadableCertificate)) throw error;
    return { problem: 'malformed', reason: error.message };
  }
  const [leaf, ...others] = chain;
  if (!leaf) return { problem: 'malformed', reason: 'There is no certificate.' };
  if (!isOf(leaf, emaid))
    return { problem: 'wrong_emaid', reason: `The certificate is of ${leaf.commonName}.` };
  const { anchors, between } = await trustForContracts(ctx);
  const path = findPath({ leaf, between: [...others, ...between], anchors, at: ctx.now() });
  return path.problem ? path : { path: path.certificates };
}

/** Its common name is the eMAID (ISO 15118-2 Annex F), in some spelling. */
function isOf({ commonName }: Certificate, emaid: string): boolean {
  const named = commonName === undefined ? undefined : canonicalEmaid(commonName);
  return named !== undefined && named === canonicalEmaid(emaid);
}

export const certificateDetails = (leaf: Certificate): ContractCertificate => ({
  subject: oneLine(leaf.x509.subject),
  issuer: oneLine(leaf.x509.issuer),
  serial_number: leaf.serialNumber,
  fingerprint: leaf.fingerprint,
  not_before: leaf.notBefore.toISOString(),
  not_after: leaf.notAfter.toISOString(),
});
