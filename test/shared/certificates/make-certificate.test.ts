import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keySigner } from '#shared/certificates/key-signer.ts';
import { makeAuthority, makeServerCertificate } from '#shared/certificates/make-authority.ts';
import { makeCertificate } from '#shared/certificates/make-certificate.ts';
import { signingRequestBytes, splitChain } from '#shared/certificates/pem.ts';
import type { Issuer } from '#shared/certificates/write-certificate.ts';
import { aSigningRequest } from '#test/support/pki.ts';

const NOW = new Date('2026-06-01T00:00:00.000Z');
const A_YEAR_ON = new Date('2027-06-01T00:00:00.000Z');

const newKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string;

async function anAuthority(): Promise<{ root: string; issuer: Issuer }> {
  const rootKey = keySigner(newKey());
  const root = await makeAuthority(
    { commonName: 'Magma test root', organization: 'Magma', serialNumber: '01', now: NOW },
    rootKey,
  );
  const key = keySigner(newKey());
  const issuing = await makeAuthority(
    { commonName: 'Magma test issuing', organization: 'Magma', serialNumber: '02', now: NOW },
    key,
    { ...rootKey, chain: root },
  );
  return { root, issuer: { ...key, chain: issuing } };
}

const order = async (use: 'charger' | 'v2g' = 'charger') => ({
  csr:
    signingRequestBytes((await aSigningRequest({ commonName: 'whatever' })).pem) ?? Buffer.alloc(0),
  use,
  commonName: 'BLR, "014"',
  organization: 'Demo+Charging',
  serialNumber: '4a'.repeat(16),
  notBefore: NOW,
  notAfter: A_YEAR_ON,
});

describe('a charger certificate', () => {
  test('names the charger as we know it, is for TLS clients, and leads to the root', async () => {
    const { root, issuer } = await anAuthority();
    const chain = await makeCertificate(await order(), issuer);
    const [leaf, issuing, ...more] = splitChain(chain).map((pem) => new X509Certificate(pem));
    expect(more).toEqual([]);
    expect(leaf?.subject).toBe('O=Demo\\+Charging\nCN=BLR\\, \\"014\\"');
    expect(leaf?.serialNumber).toBe('4A'.repeat(16));
    expect(leaf?.ca).toBe(false);
    expect(leaf?.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(leaf && issuing && leaf.verify(issuing.publicKey) && leaf.checkIssued(issuing)).toBe(
      true,
    );
    const anchor = new X509Certificate(root);
    expect(issuing?.verify(anchor.publicKey) && issuing.checkIssued(anchor)).toBe(true);
    expect(new Date(leaf?.validTo ?? '')).toEqual(A_YEAR_ON);
  });

  test('of ISO 15118 shows its domain component', async () => {
    const { issuer } = await anAuthority();
    const [leaf = ''] = splitChain(await makeCertificate(await order('v2g'), issuer));
    expect(new X509Certificate(leaf).subject).toContain('DC=CPO');
  });
});

test('a server certificate is good for its names and addresses', async () => {
  const { issuer } = await anAuthority();
  const server = {
    commonName: 'localhost',
    organization: 'Magma',
    serialNumber: '03',
    now: NOW,
    notAfter: A_YEAR_ON,
    publicKey: keySigner(newKey()).publicKey,
  };
  const chain = await makeServerCertificate(server, ['localhost', '127.0.0.1'], issuer);
  const [leaf = ''] = splitChain(chain);
  expect(new X509Certificate(leaf).checkHost('localhost')).toBe('localhost');
  expect(new X509Certificate(leaf).checkIP('127.0.0.1')).toBe('127.0.0.1');
});
