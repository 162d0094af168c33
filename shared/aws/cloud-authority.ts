import { type Config, need } from '#shared/aws/config.ts';
import { dynamoTable } from '#shared/aws/dynamo-table.ts';
import { kmsSigner } from '#shared/aws/kms-signer.ts';
import { type PrivateCaService, privateCa } from '#shared/aws/private-ca.ts';
import { defaultProvider } from '#shared/aws/provide-credentials.ts';
import { findAuthorityCertificate } from '#shared/certificates/authority-certificate.ts';
import { makeCertificate } from '#shared/certificates/make-certificate.ts';
import type { Issuer } from '#shared/certificates/write-certificate.ts';
import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';

/**
 * The authority of a deployment: AWS Private CA where one is named, else a key of KMS under the
 * certificate that the deployment made for it.
 */
export function cloudAuthority(config: Config): CertificateAuthority {
  const own = config.PRIVATE_CA_ARN
    ? privateCa(config.PRIVATE_CA_ARN, privateCaService())
    : keyAuthority(config);
  const v2g = config.V2G_CA_ARN ? privateCa(config.V2G_CA_ARN, privateCaService()) : own;
  return {
    issueCertificate: (order) => (order.use === 'v2g' ? v2g : own).issueCertificate(order),
  };
}

/** A Lambda's own region and credentials. */
export const privateCaService = (): PrivateCaService => ({
  region: process.env['AWS_REGION'] ?? 'us-east-1',
  identity: defaultProvider(),
});

function keyAuthority(config: Config): CertificateAuthority {
  let made: Promise<Issuer> | undefined;
  const issuer = async (): Promise<Issuer> => {
    const chain = await findAuthorityCertificate(dynamoTable(config.TABLE_NAME));
    if (!chain) throw new Error('The authority has no certificate yet: the setup makes it');
    return { ...(await kmsSigner(need(config, 'CA_KEY_ARN'))), chain };
  };
  return {
    async issueCertificate(order) {
      made ??= issuer().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return makeCertificate(order, await made);
    },
  };
}
