import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  BasicOCSPResponse,
  type CertID,
  id_kp_OCSPSigning,
  id_pkix_ocsp_basic,
  OCSPResponse,
  OCSPResponseStatus,
  type SingleResponse,
} from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  type Certificate as Asn1Certificate,
  ExtendedKeyUsage,
  id_ce_extKeyUsage,
} from '@peculiar/asn1-x509';
import { type Certificate, shortHex } from '#shared/plug-and-charge/certificate.ts';
import type { HashData } from '#shared/plug-and-charge/hash-data.ts';
import { HASH_OIDS } from '#shared/plug-and-charge/ocsp-request.ts';

export type CertificateStatus = 'good' | 'revoked' | 'unknown';

/** What a responder says of one certificate. Nobody has vouched for it yet. */
export interface OcspAnswer {
  readonly status: CertificateStatus;
  readonly thisUpdate: Date;
  /** Until when nothing newer is to be expected; undefined = ask anew each time. */
  readonly nextUpdate: Date | undefined;
  /** Whether the issuer said so: by its own key, or by one it has certified for this. */
  signedFor(issuer: Certificate, at: Date): boolean;
}

/** Clocks differ by this much. */
const TOLERANCE_MS = 300_000;

/** Reads an OCSP response; undefined where it is none, is a refusal, or is about other certificates. */
export function readOcspAnswer(der: Uint8Array, asked: HashData): OcspAnswer | undefined {
  try {
    const { responseStatus, responseBytes } = AsnConvert.parse(der, OCSPResponse);
    const isBasic = responseBytes?.responseType === id_pkix_ocsp_basic;
    if (responseStatus !== OCSPResponseStatus.successful || !isBasic) return undefined;
    const basic = AsnConvert.parse(responseBytes.response.buffer, BasicOCSPResponse);
    const single = basic.tbsResponseData.responses.find(({ certID }) => isAbout(certID, asked));
    return single && describe(basic, single);
  } catch {
    // Not the DER of what RFC 6960 defines.
    return undefined;
  }
}

const describe = (basic: BasicOCSPResponse, single: SingleResponse): OcspAnswer => ({
  status: statusOf(single),
  thisUpdate: single.thisUpdate,
  nextUpdate: single.nextUpdate,
  signedFor: (issuer, at) =>
    isCurrent(single, at) && unlessOdd(() => isSignedFor(basic, issuer, at)),
});

const statusOf = ({ certStatus }: SingleResponse): CertificateStatus => {
  if (certStatus.revoked) return 'revoked';
  return certStatus.good === null ? 'good' : 'unknown';
};

const isAbout = (
  { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }: CertID,
  asked: HashData,
): boolean =>
  hashAlgorithm.algorithm === HASH_OIDS[asked.algorithm] &&
  hexOf(issuerNameHash.buffer) === asked.issuer_name_hash.toLowerCase() &&
  hexOf(issuerKeyHash.buffer) === asked.issuer_key_hash.toLowerCase() &&
  shortHex(hexOf(serialNumber)) === shortHex(asked.serial_number);

const hexOf = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('hex');

function isCurrent({ thisUpdate, nextUpdate }: SingleResponse, at: Date): boolean {
  const begun = thisUpdate.getTime() <= at.getTime() + TOLERANCE_MS;
  return begun && (!nextUpdate || nextUpdate.getTime() >= at.getTime() - TOLERANCE_MS);
}

/** RFC 6960 §4.2.2.2: the issuer itself, or a responder that it issued a certificate for signing answers. */
function isSignedFor(basic: BasicOCSPResponse, issuer: Certificate, at: Date): boolean {
  const { tbsResponseDataRaw: data, signature, signatureAlgorithm, certs = [] } = basic;
  if (!data) return false;
  const byKey = (key: KeyObject) => isRight(signatureAlgorithm.algorithm, data, signature, key);
  if (byKey(issuer.x509.publicKey)) return true;
  return certs.some((responder) => mayAnswerFor(responder, issuer, at) && byKey(keyOf(responder)));
}

function mayAnswerFor(responder: Asn1Certificate, issuer: Certificate, at: Date): boolean {
  const { tbsCertificate, tbsCertificateRaw: data, signatureValue, signatureAlgorithm } = responder;
  const { notBefore, notAfter } = tbsCertificate.validity;
  if (notBefore.getTime() > at || notAfter.getTime() < at) return false;
  const usage = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_extKeyUsage);
  if (!usage) return false;
  if (!AsnConvert.parse(usage.extnValue.buffer, ExtendedKeyUsage).includes(id_kp_OCSPSigning))
    return false;
  const { publicKey } = issuer.x509;
  return !!data && isRight(signatureAlgorithm.algorithm, data, signatureValue, publicKey);
}

const keyOf = ({ tbsCertificate }: Asn1Certificate): KeyObject =>
  createPublicKey({
    key: Buffer.from(AsnConvert.serialize(tbsCertificate.subjectPublicKeyInfo)),
    format: 'der',
    type: 'spki',
  });

/** The signatures that PKIs of ISO 15118 and the web use, by their hash; EdDSA has its own. */
const SIGNATURES: Readonly<Record<string, string | null>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.3.101.112': null,
  '1.3.101.113': null,
};

function isRight(oid: string, data: ArrayBuffer, signature: ArrayBuffer, key: KeyObject): boolean {
  const hash = SIGNATURES[oid];
  if (hash === undefined) return false;
  return unlessOdd(() => verify(hash, new Uint8Array(data), key, new Uint8Array(signature)));
}

/** Keys that do not fit their signature, and extensions that are not what they say, throw. */
function unlessOdd(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
