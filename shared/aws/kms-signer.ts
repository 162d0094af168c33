import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '#shared/certificates/write-certificate.ts';

/** Signs with a key on P-256 that never leaves KMS. */
export async function kmsSigner(
  KeyId: string,
  client = new KMSClient({ maxAttempts: 5 }),
): Promise<Signer> {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId }));
  if (!PublicKey) throw new Error(`KMS gave no public key of ${KeyId}`);
  return {
    publicKey: PublicKey,
    async sign(bytes) {
      const { Signature } = await client.send(
        new SignCommand({
          KeyId,
          // KMS hashes what is shorter than 4 KB, as every certificate is.
          Message: bytes,
          MessageType: 'RAW',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      if (!Signature) throw new Error(`KMS did not sign with ${KeyId}`);
      return plainSignature(Signature);
    },
  };
}

/** KMS answers a DER sequence of two integers; r and s of 32 bytes each is what is wanted. */
export function plainSignature(der: Uint8Array): Uint8Array {
  const r = integerAt(der, 2);
  const s = integerAt(der, r.end);
  return Buffer.concat([r.bytes, s.bytes]);
}

/** P-256 signatures are below 128 bytes, so every length is one byte. */
function integerAt(der: Uint8Array, at: number): { bytes: Buffer; end: number } {
  const start = at + 2;
  const end = start + (der[at + 1] ?? 0);
  const digits = Buffer.from(der.subarray(start, end))
    .toString('hex')
    .replace(/^(00)+/, '');
  return { bytes: Buffer.from(digits.padStart(64, '0'), 'hex'), end };
}
