import { X509Certificate } from 'node:crypto';
import { splitChain, toPem } from '#shared/certificates/pem.ts';
import {
  type Issuer,
  type Subject,
  writeCertificate,
} from '#shared/certificates/write-certificate.ts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
} from '#shared/certificates/x509.ts';
import type { CertificateOrder } from '#shared/core/certificate-authority.ts';

/** A certificate for a charger, PEM, with those above it but the root. */
export async function makeCertificate(order: CertificateOrder, issuer: Issuer): Promise<string> {
  const request = new Pkcs10CertificateRequest(new Uint8Array(order.csr));
  const subject = subjectOf(order);
  const [own = '', ...above] = splitChain(issuer.chain);
  const der = await writeCertificate(issuer, own, {
    subject,
    publicKey: new Uint8Array(request.publicKey.rawData),
    serialNumber: order.serialNumber,
    notBefore: order.notBefore,
    notAfter: order.notAfter,
    extensions: usesOf(order),
  });
  const between = isRoot(own) ? [] : [own, ...above.filter((pem) => !isRoot(pem))];
  return [toPem('CERTIFICATE', der), ...between].join('');
}

/** An ISO 15118 charger is found by the domain component CPO (15118-2 annex F). */
const subjectOf = ({ use, commonName, organization }: CertificateOrder): Subject => [
  ...(use === 'v2g' ? [{ type: 'DC', value: 'CPO' } as const] : []),
  { type: 'O', value: organization },
  { type: 'CN', value: commonName },
];

/** To us it is a TLS client; to a car, a server whose key also agrees on others. */
const usesOf = ({ use }: CertificateOrder): Extension[] =>
  use === 'charger'
    ? [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
      ]
    : [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyAgreement, true),
      ];

function isRoot(pem: string): boolean {
  const certificate = new X509Certificate(pem);
  return certificate.subject === certificate.issuer;
}
