import { splitChain, toPem } from '#shared/certificates/pem.ts';
import {
  type Issuer,
  type Signer,
  type Subject,
  writeCertificate,
} from '#shared/certificates/write-certificate.ts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from '#shared/certificates/x509.ts';

/** How long an authority lasts; its certificates must end before it does. */
const AUTHORITY_YEARS = 20;

export interface NewAuthority {
  readonly commonName: string;
  readonly organization: string;
  readonly serialNumber: string;
  readonly now: Date;
}

/** The certificate (PEM) of a new authority: its own root, or under `above`. */
export async function makeAuthority(
  { commonName, organization, serialNumber, now }: NewAuthority,
  key: Signer,
  above?: Issuer,
): Promise<string> {
  const [parent = ''] = above ? splitChain(above.chain) : [];
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + AUTHORITY_YEARS);
  const der = await writeCertificate(above ?? key, parent, {
    subject: subjectOf(commonName, organization),
    publicKey: key.publicKey,
    serialNumber,
    notBefore: now,
    notAfter,
    extensions: [
      new BasicConstraintsExtension(true, above ? 0 : undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return toPem('CERTIFICATE', der);
}

/** The certificate (PEM) of a server at these host names and addresses. */
export async function makeServerCertificate(
  server: NewAuthority & { readonly publicKey: Uint8Array; readonly notAfter: Date },
  hosts: readonly string[],
  issuer: Issuer,
): Promise<string> {
  const [own = ''] = splitChain(issuer.chain);
  const names = hosts.map(
    (value) => ({ type: /[^0-9.]/.test(value) ? 'dns' : 'ip', value }) as const,
  );
  const der = await writeCertificate(issuer, own, {
    subject: subjectOf(server.commonName, server.organization),
    publicKey: server.publicKey,
    serialNumber: server.serialNumber,
    notBefore: server.now,
    notAfter: server.notAfter,
    extensions: [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([...names]),
    ],
  });
  return toPem('CERTIFICATE', der) + issuer.chain;
}

const subjectOf = (commonName: string, organization: string): Subject => [
  { type: 'O', value: organization },
  { type: 'CN', value: commonName },
];
