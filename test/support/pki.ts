import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto';
import {
  Name,
  Pkcs10CertificateRequestGenerator,
  PublicKey,
  X509CertificateGenerator,
} from '@peculiar/x509';

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

/** A private key on P-256, PKCS #8, PEM. */
export const aKeptKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

interface Foreign {
  readonly commonName: string;
  readonly issuer: string;
  /** Its own; a new one where left out. */
  readonly key?: string;
}

/** A client certificate (PEM) of an authority that is not ours. */
export async function aForeignCertificate({
  commonName,
  issuer,
  key = aKeptKey(),
}: Foreign): Promise<string> {
  const authority = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '0a',
    subject: new Name([{ CN: [commonName] }]),
    issuer: new Name([{ CN: [issuer] }]),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2036-01-01T00:00:00Z'),
    publicKey: new PublicKey(new Uint8Array(spki)),
    signingKey: authority.privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  });
  return certificate.toString('pem');
}
