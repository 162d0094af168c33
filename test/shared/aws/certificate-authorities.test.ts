import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { kmsSigner, plainSignature } from '#shared/aws/kms-signer.ts';
import { privateCa, privateCaChain } from '#shared/aws/private-ca.ts';
import { signRequest } from '#shared/aws/signed-json-call.ts';
import { storeTrusted } from '#shared/aws/store-trusted.ts';
import { foundAuthority } from '#shared/certificates/authority-certificate.ts';
import { makeCertificate } from '#shared/certificates/make-certificate.ts';
import { signingRequestBytes, splitChain, toPem } from '#shared/certificates/pem.ts';
import { aTestAuthority } from '#test/support/a-test-authority.ts';
import { testContext } from '#test/support/context.ts';
import { aSigningRequest } from '#test/support/pki.ts';

const order = async () => ({
  csr: signingRequestBytes((await aSigningRequest()).pem) ?? Buffer.alloc(0),
  use: 'charger' as const,
  commonName: 'CP-1',
  organization: 'Demo',
  serialNumber: '4a'.repeat(16),
  notBefore: new Date('2026-06-01T00:00:00Z'),
  notAfter: new Date('2027-06-01T00:00:00Z'),
});

/** KMS as its API reference has it: ECDSA over a digest, answered in DER. */
function aKms() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const mock = mockClient(KMSClient);
  mock.on(GetPublicKeyCommand).resolves({
    PublicKey: publicKey.export({ type: 'spki', format: 'der' }),
  });
  mock.on(SignCommand).callsFake(({ Message, MessageType, SigningAlgorithm }) => {
    expect([MessageType, SigningAlgorithm]).toEqual(['RAW', 'ECDSA_SHA_256']);
    return { Signature: sign('sha256', Message, privateKey) };
  });
  onTestFinished(() => mock.restore());
  return mock;
}

describe('an authority whose key lies in KMS', () => {
  test('is founded once, and its certificates verify', async () => {
    aKms();
    const ctx = testContext();
    const key = await kmsSigner('arn:aws:kms:ap-south-1:1:key/x', new KMSClient({}));
    const root = await foundAuthority(ctx, key, 'Magma');
    expect(await foundAuthority(ctx, key, 'Magma')).toBe(root);
    const [leaf = ''] = splitChain(await makeCertificate(await order(), { ...key, chain: root }));
    const anchor = new X509Certificate(root);
    expect(anchor.verify(anchor.publicKey)).toBe(true);
    expect(new X509Certificate(leaf).verify(anchor.publicKey)).toBe(true);
  });

  // X.690 §8.3: an integer is as short as it can be, and has a zero before a first bit that is set.
  test.each([
    ['3006020101020102', `${'00'.repeat(31)}01${'00'.repeat(31)}02`],
    [`3046022100${'ff'.repeat(32)}022100${'80'.repeat(32)}`, 'ff'.repeat(32) + '80'.repeat(32)],
    [`3043021f${'7f'.repeat(31)}0220${'11'.repeat(32)}`, `00${'7f'.repeat(31)}${'11'.repeat(32)}`],
  ])('reads the signature %s', (der, plain) => {
    expect(Buffer.from(plainSignature(Buffer.from(der, 'hex'))).toString('hex')).toBe(plain);
  });
});

const Asked = z.record(z.string(), z.unknown());

/** AWS Private CA as its API reference has it: a certificate is there on the third question. */
async function aPrivateCa(keyAlgorithm: string) {
  const authority = aTestAuthority();
  const asked: { operation: string; input: Record<string, unknown> }[] = [];
  let certificate = '';
  let questions = 0;
  const answers: Record<string, (input: Record<string, unknown>) => Promise<object>> = {
    DescribeCertificateAuthority: async () => ({
      CertificateAuthority: {
        CertificateAuthorityConfiguration: { KeyAlgorithm: keyAlgorithm },
      },
    }),
    async IssueCertificate({ Csr }) {
      const pem = Buffer.from(String(Csr), 'base64').toString();
      const csr = signingRequestBytes(pem) ?? Buffer.alloc(0);
      certificate = await authority.issueCertificate({ ...(await order()), csr });
      return { CertificateArn: 'arn:certificate' };
    },
    async GetCertificate() {
      questions += 1;
      if (questions < 3) throw new Error('RequestInProgressException');
      return { Certificate: certificate, CertificateChain: await authority.root() };
    },
    GetCertificateAuthorityCertificate: async () => ({ Certificate: await authority.root() }),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const operation = String(request.headers['x-amz-target']).replace('ACMPrivateCA.', '');
      const input = Asked.parse(JSON.parse(Buffer.concat(chunks).toString()));
      asked.push({ operation, input });
      try {
        response.end(JSON.stringify(await answers[operation]?.(input)));
      } catch (error) {
        const type = `com.amazonaws.acmpca#${error instanceof Error ? error.message : error}`;
        response.writeHead(400).end(JSON.stringify({ __type: type, message: 'wait' }));
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const identity = async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
  const from = {
    region: 'ap-south-1',
    identity,
    endpoint: `http://127.0.0.1:${port}/`,
    pause: async () => {},
  };
  return { authority, asked, from };
}

const ARN = 'arn:aws:acm-pca:ap-south-1:1:certificate-authority/x';

describe('AWS Private CA', () => {
  test.each([
    ['EC_prime256v1', 'SHA256WITHECDSA'],
    ['RSA_4096', 'SHA256WITHRSA'],
  ])('with a key of %s is asked to sign by %s, for our subject, once', async (key, algorithm) => {
    const { asked, from, authority } = await aPrivateCa(key);
    const wanted = await order();
    const chain = await privateCa(ARN, from).issueCertificate(wanted);
    expect(splitChain(chain)).toHaveLength(1);
    expect(
      new X509Certificate(chain).verify(new X509Certificate(await authority.root()).publicKey),
    ).toBe(true);
    expect(asked.map(({ operation }) => operation)).toEqual([
      'DescribeCertificateAuthority',
      'IssueCertificate',
      ...Array(3).fill('GetCertificate'),
    ]);
    expect(asked[1]?.input).toEqual({
      CertificateAuthorityArn: ARN,
      Csr: Buffer.from(toPem('CERTIFICATE REQUEST', wanted.csr)).toString('base64'),
      SigningAlgorithm: algorithm,
      TemplateArn: 'arn:aws:acm-pca:::template/EndEntityClientAuthCertificate_APIPassthrough/V1',
      ApiPassthrough: { Subject: { CommonName: 'CP-1', Organization: 'Demo' } },
      Validity: { Type: 'ABSOLUTE', Value: 1811808000 },
      ValidityNotBefore: { Type: 'ABSOLUTE', Value: 1780272000 },
      IdempotencyToken: '4a'.repeat(16),
    });
  });

  test('tells the roots its certificates stand under', async () => {
    const { from, authority } = await aPrivateCa('EC_prime256v1');
    expect(await privateCaChain(ARN, from)).toBe(await authority.root());
  });
});

// AWS Signature Version 4 test suite, get-vanilla.
test('a request is signed as the test suite of AWS has it', () => {
  const identity = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  };
  const url = new URL('https://example.amazonaws.com/');
  const at = { region: 'us-east-1', service: 'service', now: new Date('2015-08-30T12:36:00Z') };
  const headers = signRequest({ method: 'GET', url, headers: {}, body: '' }, identity, at);
  expect(headers['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      'SignedHeaders=host;x-amz-date, ' +
      'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  );
});

test('what the edge is to trust lies where it looks', async () => {
  const mock = mockClient(S3Client);
  mock.on(PutObjectCommand).resolves({});
  await storeTrusted({ bucket: 'b', key: 'trusted.pem' }, 'PEM', new S3Client({}));
  expect(mock.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
    Bucket: 'b',
    Key: 'trusted.pem',
    Body: 'PEM',
  });
  mock.restore();
});
