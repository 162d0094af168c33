import { createHash } from 'node:crypto';
import * as z from 'zod';
import { sha256 } from '#shared/core/ids.ts';

export const HashAlgorithm = z.enum(['sha256', 'sha384', 'sha512']);
export type HashAlgorithm = z.infer<typeof HashAlgorithm>;

/** How OCPP and OCSP name a certificate: by hashes of its issuer, and its number there. All hex. */
export const HashData = z
  .object({
    algorithm: HashAlgorithm,
    issuer_name_hash: z.string(),
    issuer_key_hash: z.string(),
    serial_number: z.string(),
  })
  .meta({
    id: 'CertificateHashData',
    description:
      'A certificate as OCPP names it: hashes of the name and the key of its issuer, and its serial number, all hexadecimal.',
  });
export type HashData = z.infer<typeof HashData>;

interface Named {
  readonly serialNumber: string;
  readonly issuerName: Uint8Array;
}
interface Issuer {
  readonly publicKey: Uint8Array;
}

/**
 * The hash data of a certificate (2.0.1 Part 2 §2.6, with its errata of 2023-12): the hash of the DER of
 * its issuer's name as it stands in the certificate, and of the bits of its issuer's key.
 */
export const hashDataOf = (
  { serialNumber, issuerName }: Named,
  { publicKey }: Issuer,
  algorithm: HashAlgorithm = 'sha256',
): HashData => ({
  algorithm,
  issuer_name_hash: digest(algorithm, issuerName),
  issuer_key_hash: digest(algorithm, publicKey),
  serial_number: serialNumber,
});

/** Whether a CA is the issuer that the hashes name. */
export const isIssuerOf = (
  { subjectName, publicKey }: Issuer & { readonly subjectName: Uint8Array },
  { algorithm, issuer_name_hash, issuer_key_hash }: HashData,
): boolean =>
  digest(algorithm, subjectName) === issuer_name_hash.toLowerCase() &&
  digest(algorithm, publicKey) === issuer_key_hash.toLowerCase();

/** Our name for what the hash data name; case carries no meaning in them. */
export const certificateIdOf = (hash: HashData): string => {
  const { algorithm, issuer_name_hash, issuer_key_hash, serial_number } = hash;
  const parts = [
    algorithm,
    issuer_name_hash,
    issuer_key_hash,
    serial_number.replace(/^0+(?=.)/, ''),
  ];
  return `crt_${sha256(parts.join('|').toLowerCase()).slice(0, 32)}`;
};

const digest = (algorithm: HashAlgorithm, bytes: Uint8Array) =>
  createHash(algorithm).update(bytes).digest('hex');
