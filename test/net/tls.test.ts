import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Name, X509CertificateGenerator } from '@peculiar/x509';
import { expect, onTestFinished, test } from 'vitest';
import { postVia } from '#shared/net/post.ts';

/** A server on 127.0.0.1 with a certificate that nobody vouches for. */
async function aTlsServer(options: ServerOptions): Promise<{ url: string; requests: string[] }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: new Name([{ CN: ['hooks.example'] }]),
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    keys,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  const requests: string[] = [];
  const cert = certificate.toString('pem');
  const server = createServer({ key, cert, ...options }, (request, response) => {
    requests.push(request.url ?? '');
    response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `https://hooks.example:${port}/`, requests };
}

const post = postVia(async () => ['127.0.0.1']);
const asked = (url: string) => ({
  url,
  headers: {},
  body: 'a',
  publicOnly: false,
  httpsOnly: true,
  timeoutMs: 2000,
  answerBytes: 10,
});

test('a server whose certificate nobody vouches for is sent nothing', async () => {
  const { url, requests } = await aTlsServer({});
  const answer = await post(asked(url));
  expect(answer).toMatchObject({ status: null });
  expect(answer.error).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(requests).toEqual([]);
});

test('a server that speaks TLS 1.1 at best is not spoken to', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  const { url, requests } = await aTlsServer(old);
  const answer = await post(asked(url));
  expect(answer.error).toMatch(/protocol version|unsupported protocol/);
  expect(requests).toEqual([]);
});
