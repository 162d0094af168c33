import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Signer } from '#shared/certificates/write-certificate.ts';

/** Signs with a private key on P-256 that this process holds (PKCS #8, PEM). */
export function keySigner(pem: string): Signer {
  const key = createPrivateKey(pem);
  return {
    publicKey: publicKeyOf(pem),
    sign: async (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
  };
}

/** SubjectPublicKeyInfo, DER, of a private key (PEM). */
export const publicKeyOf = (pem: string): Uint8Array =>
  createPublicKey(pem).export({ type: 'spki', format: 'der' });
