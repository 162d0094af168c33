import type { webcrypto } from 'node:crypto';
import * as x509 from '#shared/certificates/x509.ts';

/** A certificate that was issued, with its key. */
export interface Issued {
  readonly pem: string;
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

interface Wanted {
  readonly name: string;
  /** Whose key signs it; its own where left out. */
  readonly by?: Issued;
  /** The name it says it is from, where that is not its issuer's. */
  readonly claims?: string;
  readonly keys?: webcrypto.CryptoKeyPair;
  readonly ca?: boolean;
  readonly pathLength?: number;
  readonly usages?: number;
  readonly extendedUsage?: string;
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly responderUrl?: string;
  readonly serialNumber?: string;
  readonly critical?: string;
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const aKeyPair = (): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);

let serial = 0x10;

export async function issue(wanted: Wanted): Promise<Issued> {
  const { name, by, ca = false, usages, extendedUsage, responderUrl, critical } = wanted;
  const keys = wanted.keys ?? (await aKeyPair());
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: wanted.serialNumber ?? (++serial).toString(16).padStart(4, '0'),
    subject: `DC=V2G, O=Test, CN=${name}`,
    issuer: wanted.claims ?? by?.certificate.subject ?? `DC=V2G, O=Test, CN=${name}`,
    notBefore: new Date(wanted.notBefore ?? '2026-01-01T00:00:00Z'),
    notAfter: new Date(wanted.notAfter ?? '2036-01-01T00:00:00Z'),
    signingKey: by?.keys.privateKey ?? keys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(ca, wanted.pathLength, true),
      new x509.KeyUsagesExtension(
        usages ?? (ca ? SIGNS : x509.KeyUsageFlags.digitalSignature),
        true,
      ),
      ...(extendedUsage ? [new x509.ExtendedKeyUsageExtension([extendedUsage])] : []),
      ...(responderUrl ? [new x509.AuthorityInfoAccessExtension({ ocsp: [responderUrl] })] : []),
      ...(critical ? [new x509.Extension(critical, true, new Uint8Array([5, 0]))] : []),
    ],
  });
  return { pem: `${certificate.toString('pem')}\n`, certificate, keys };
}
const SIGNS = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;

const aCa = (wanted: Wanted) => issue({ ca: true, ...wanted });

export interface Pki {
  readonly root: Issued;
  readonly sub1: Issued;
  readonly sub2: Issued;
  readonly leaf: Issued;
  /** What a car shows: leaf, then the CAs below the root. */
  readonly chain: string;
}

export const EMAID = 'DE8AACA2B3C4D5';

/** The mobility operator's PKI of ISO 15118-2: a root, two sub-CAs and a contract. */
export async function aPki({
  emaid = EMAID,
  responderUrl,
  leaf: more = {},
}: {
  readonly emaid?: string;
  readonly responderUrl?: string;
  readonly leaf?: Partial<Wanted>;
} = {}): Promise<Pki> {
  const asked = responderUrl === undefined ? {} : { responderUrl };
  const root = await aCa({ name: 'MO Root', pathLength: 2 });
  const sub1 = await aCa({ name: 'MO Sub-CA 1', by: root, pathLength: 1, ...asked });
  const sub2 = await aCa({ name: 'MO Sub-CA 2', by: sub1, pathLength: 0, ...asked });
  const leaf = await issue({ name: emaid, by: sub2, ...asked, ...more });
  return { root, sub1, sub2, leaf, chain: chainOf(leaf, sub2, sub1) };
}

export const chainOf = (...issued: readonly Issued[]): string =>
  issued.map(({ pem }) => pem).join('');
