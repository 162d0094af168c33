import type { Context } from '#shared/core/context.ts';
import { type Certificate, readChain } from '#shared/plug-and-charge/certificate.ts';
import { allRootCertificates, type RootKind } from '#shared/plug-and-charge/root-certificate.ts';

/** Whom an organization trusts to vouch for contracts, and the CAs it knows below them. */
export interface Trust {
  readonly anchors: readonly Certificate[];
  readonly between: readonly Certificate[];
}

const OF_CONTRACTS: readonly RootKind[] = ['mo', 'v2g'];

export async function trustForContracts(ctx: Context): Promise<Trust> {
  const roots = (await allRootCertificates(ctx)).filter(({ kind }) => OF_CONTRACTS.includes(kind));
  return {
    anchors: roots.flatMap(({ pem }) => readChain(pem)),
    between: roots.flatMap(({ intermediates }) => intermediates.flatMap(readChain)),
  };
}
