import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { Name, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

interface AskedRequest {
  readonly commonName?: string;
  readonly algorithm?: RsaHashedKeyGenParams | EcKeyGenParams;
}

type RsaHashedKeyGenParams = webcrypto.RsaHashedKeyGenParams;
type EcKeyGenParams = webcrypto.EcKeyGenParams;

export const P256: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
export const rsa = (modulusLength: number, hash = 'SHA-256'): RsaHashedKeyGenParams => ({
  name: 'RSASSA-PKCS1-v1_5',
  hash,
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength,
});

/** A signing request as a charger makes one, and the key (PKCS #8, PEM) that only it has. */
export async function aSigningRequest({
  commonName = 'CP-1',
  algorithm = P256,
}: AskedRequest = {}): Promise<{ pem: string; privateKey: string }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: new Name([{ CN: [commonName] }, { O: ['Some vendor'] }]),
    keys,
    signingAlgorithm: { ...algorithm, hash: 'hash' in algorithm ? algorithm.hash : 'SHA-256' },
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const body = pkcs8.toString('base64').replaceAll(/(.{64})/g, '$1\n');
  return {
    pem: request.toString('pem'),
    privateKey: `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
  };
}
