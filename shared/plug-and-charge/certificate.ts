import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  Certificate as Asn1Certificate,
  AuthorityInfoAccessSyntax,
  BasicConstraints,
  id_ad_ocsp,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_pe_authorityInfoAccess,
  KeyUsage,
  KeyUsageFlags,
} from '@peculiar/asn1-x509';

/** What of a certificate decides whom it vouches for, and how it is asked after. */
export interface Certificate {
  readonly x509: X509Certificate;
  /** One PEM block with line feeds and no text around it. */
  readonly pem: string;
  readonly commonName: string | undefined;
  /** SHA-256, hex. */
  readonly fingerprint: string;
  /** Hex in lower case, without leading zeros. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of the names, and the bits of the public key without tag and length. */
  readonly issuerName: Uint8Array;
  readonly subjectName: Uint8Array;
  readonly publicKey: Uint8Array;
  /** A CA whose key may sign certificates. */
  readonly maySign: boolean;
  /** How many CAs may follow below this one; undefined = any number. */
  readonly pathLength: number | undefined;
  /** Signed in a way that can be forged, or restricted in a way we do not understand. */
  readonly unfit: string | undefined;
  readonly responderUrl: string | undefined;
}

/** No PEM certificate, or not what X.509 allows. */
export class UnreadableCertificate extends Error {
  override readonly name = 'UnreadableCertificate';
}

/** Longer than any chain of a real PKI: leaf, two sub-CAs and a root, some of them cross-signed. */
const LONGEST_CHAIN = 8;
const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM text in its order. Throws UnreadableCertificate for none, or one that is bad. */
export function readChain(pem: string): Certificate[] {
  // Some chargers put line feeds into JSON as they would into C.
  const blocks = pem.replaceAll('\\n', '\n').match(BLOCK) ?? [];
  if (blocks.length === 0) throw new UnreadableCertificate('There is no PEM certificate.');
  if (blocks.length > LONGEST_CHAIN)
    throw new UnreadableCertificate(`There are more than ${LONGEST_CHAIN} certificates.`);
  return blocks.map(readCertificate);
}

function readCertificate(block: string): Certificate {
  try {
    return describe(new X509Certificate(block));
  } catch (error) {
    throw new UnreadableCertificate('A certificate cannot be read.', { cause: error });
  }
}

function describe(x509: X509Certificate): Certificate {
  const { tbsCertificate, signatureAlgorithm } = AsnConvert.parse(x509.raw, Asn1Certificate);
  const { issuer, subject, subjectPublicKeyInfo, extensions = [] } = tbsCertificate;
  const extension = (id: string) => extensions.find(({ extnID }) => extnID === id)?.extnValue;
  const usage = extension(id_ce_keyUsage);
  const constraints = extension(id_ce_basicConstraints);
  const basic = constraints && AsnConvert.parse(constraints, BasicConstraints);
  const misunderstood = extensions.find(({ critical, extnID }) => critical && !HEEDED.has(extnID));
  return {
    x509,
    pem: x509.toString(),
    commonName: onlyText(x509.toLegacyObject().subject.CN),
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    serialNumber: shortHex(x509.serialNumber),
    notBefore: x509.validFromDate,
    notAfter: x509.validToDate,
    issuerName: new Uint8Array(AsnConvert.serialize(issuer)),
    subjectName: new Uint8Array(AsnConvert.serialize(subject)),
    publicKey: new Uint8Array(subjectPublicKeyInfo.subjectPublicKey),
    maySign: x509.ca && (usage === undefined || signs(AsnConvert.parse(usage, KeyUsage))),
    pathLength: basic?.pathLenConstraint,
    unfit: FORGEABLE.has(signatureAlgorithm.algorithm)
      ? 'It is signed with a broken hash.'
      : misunderstood && `It demands ${misunderstood.extnID}, which is unknown here.`,
    responderUrl: responderOf(extension(id_pe_authorityInfoAccess)),
  };
}

/** A subject with two names has none that can be relied on. */
const onlyText = (name: unknown) => (typeof name === 'string' ? name : undefined);

const signs = (usage: KeyUsage) => (usage.toNumber() & KeyUsageFlags.keyCertSign) !== 0;

/** Where its issuer is asked whether it is still valid. */
function responderOf(access: { readonly buffer: ArrayBuffer } | undefined): string | undefined {
  if (!access) return undefined;
  const places = AsnConvert.parse(access.buffer, AuthorityInfoAccessSyntax);
  return places.find(({ accessMethod }) => accessMethod === id_ad_ocsp)?.accessLocation
    .uniformResourceIdentifier;
}

/** A distinguished name in one line, the most particular part first. */
export const oneLine = (name: string): string => name.split('\n').reverse().join(', ');

/** Hex as OCPP writes numbers: without leading zeros. Case carries no meaning. */
export const shortHex = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '');

/** Critical extensions that are heeded, or restrict nothing that matters to a contract. */
const HEEDED = new Set([
  id_ce_basicConstraints,
  id_ce_keyUsage,
  // Extended key usage, alternative name, policies.
  '2.5.29.37',
  '2.5.29.17',
  '2.5.29.32',
]);

/** MD5 and SHA-1, with RSA, ECDSA and DSA. */
const FORGEABLE = new Set([
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10045.4.1',
  '1.2.840.10040.4.3',
]);
