import { onTestFinished } from 'vitest';
import { addRootCertificate } from '#shared/plug-and-charge/add-root-certificate.ts';
import { readChain } from '#shared/plug-and-charge/certificate.ts';
import { hashDataOf } from '#shared/plug-and-charge/hash-data.ts';
import { NewContract } from '#shared/plug-and-charge/new-contract.ts';
import { provisionContract } from '#shared/plug-and-charge/provision-contract.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer, type PeerOptions } from '#test/support/ocpp-peer.ts';
import { aPricedWorld } from '#test/support/ocpp-site.ts';
import { type OcspResponder, ocspResponder } from '#test/support/ocsp-responder.ts';
import { aPki, chainOf, EMAID, type Issued, type Pki } from '#test/support/pnc-pki.ts';

export interface PncWorld {
  readonly ctx: TestContext;
  readonly charger: OcppPeer;
  readonly pki: Pki;
  readonly responder: OcspResponder;
}

/**
 * A priced site in live manners (unknown tokens are refused) whose organization trusts a mobility
 * operator with its sub-CAs, and has a contract of it; a charger; and the operator's OCSP responder.
 */
export async function aPncWorld({
  contract = true,
  ...options
}: PeerOptions & { readonly contract?: boolean } = {}): Promise<PncWorld> {
  const responder = await ocspResponder();
  onTestFinished(() => responder[Symbol.asyncDispose]());
  const pki = await aPki({ responderUrl: responder.url });
  responder.serve(pki.root, pki.sub1, pki.sub2);
  const ctx = await aPricedWorld({ organization: { accept_unknown_tokens: false } });
  await trust(ctx, pki);
  if (contract) await provisionContract(ctx, NewContract.parse({ emaid: EMAID }));
  const charger = await aPeer(ctx, {
    id: 'CP-1',
    registered: true,
    version: 'ocpp2.0.1',
    ...options,
  });
  return { ctx, charger, pki, responder };
}

export const trust = (ctx: TestContext, { root, sub1, sub2 }: Pki) =>
  addRootCertificate(ctx, { kind: 'mo', certificate: chainOf(root, sub1, sub2), name: null });

/** What a charger that has checked the chain itself tells of a certificate. */
export function hashOf(of: Issued, by: Issued, responderURL: string) {
  const [certificate] = readChain(of.pem);
  const [issuer] = readChain(by.pem);
  if (!certificate || !issuer) throw new Error('Nothing to read');
  const hash = hashDataOf(certificate, issuer);
  return {
    hashAlgorithm: 'SHA256',
    issuerNameHash: hash.issuer_name_hash,
    issuerKeyHash: hash.issuer_key_hash,
    serialNumber: hash.serial_number,
    responderURL,
  };
}

/** As the whole chain of a contract is told, leaf first. */
export const hashesOf = ({ leaf, sub2, sub1, root }: Pki, url: string) => [
  hashOf(leaf, sub2, url),
  hashOf(sub2, sub1, url),
  hashOf(sub1, root, url),
];
