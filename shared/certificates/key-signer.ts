import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Signer } from '#shared/certificates/write-certificate.ts';

/** Signs with a private key on P-256 that this process holds (PKCS #8, PEM). */
export function keySigner(pem: string): Signer {
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return {
    publicKey,
    sign: async (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
  };
}
