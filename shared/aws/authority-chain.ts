import { privateCaService } from '#shared/aws/cloud-authority.ts';
import { kmsSigner } from '#shared/aws/kms-signer.ts';
import { privateCaChain } from '#shared/aws/private-ca.ts';
import { foundAuthority } from '#shared/certificates/authority-certificate.ts';
import type { Context } from '#shared/core/context.ts';

/** The certificates of an authority, the root last, PEM; that of a key of KMS is made if there is none. */
export async function authorityChain(
  ctx: Context,
  arn: string,
  organization: string,
): Promise<string> {
  if (arn.includes(':acm-pca:')) return privateCaChain(arn, privateCaService());
  return foundAuthority(ctx, await kmsSigner(arn), organization);
}
