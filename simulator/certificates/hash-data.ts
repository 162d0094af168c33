import { createHash, X509Certificate } from 'node:crypto';
import type { CertificateHash } from '#simulator/certificates/contract.ts';
import { derElements } from '#simulator/certificates/der.ts';

const CONTEXT_0 = 0xa0;
const BIT_STRING = 0x03;

/** The certificates of a text in PEM, in their order; null where one cannot be read. */
export function certificatesOf(pem: string): X509Certificate[] | null {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.length > 0 ? blocks.map((block) => new X509Certificate(block)) : null;
  } catch {
    return null;
  }
}

/**
 * Identifies a certificate by its issuer, as an OCSP request does: the hash of the issuer's name in
 * DER, the hash of the issuer's public key without its header, and the serial number in hexadecimal
 * without leading zeros [2.0.1 part 2 section 2.6; RFC 6960 section 4.1.1].
 */
export function hashDataOf(
  certificate: X509Certificate,
  issuer: X509Certificate,
  hashAlgorithm: CertificateHash['hashAlgorithm'] = 'SHA256',
): CertificateHash {
  const hash = (bytes: Buffer): string =>
    createHash(hashAlgorithm.toLowerCase()).update(bytes).digest('hex');
  return {
    hashAlgorithm,
    issuerNameHash: hash(issuerName(certificate)),
    issuerKeyHash: hash(publicKeyBits(issuer)),
    serialNumber: certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, ''),
  };
}

/** TBSCertificate: an optional version, the serial number, the algorithm, the issuer, ... */
function issuerName(certificate: X509Certificate): Buffer {
  const [whole] = derElements(certificate.raw);
  const [body] = derElements(whole?.contents ?? Buffer.of());
  const fields = derElements(body?.contents ?? Buffer.of()).filter(({ tag }) => tag !== CONTEXT_0);
  return fields[2]?.whole ?? Buffer.of();
}

/** The key's bit string, without the byte that counts its unused bits. */
function publicKeyBits({ publicKey }: X509Certificate): Buffer {
  const [whole] = derElements(publicKey.export({ type: 'spki', format: 'der' }));
  const bits = derElements(whole?.contents ?? Buffer.of()).find(({ tag }) => tag === BIT_STRING);
  return bits?.contents.subarray(1) ?? Buffer.of();
}
