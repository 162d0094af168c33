import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import type { Host } from '#local/host.ts';
import { certificateHeaders } from '#local/viewer-certificate.ts';
import { aHost, call } from '#test/support/local-host.ts';
import { aForeignCertificate, aKeptKey, aSigningRequest } from '#test/support/pki.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const Created = z.object({ ocpp_password: z.string() });
const Call = z.tuple([z.literal(2), z.string(), z.string(), z.record(z.string(), z.unknown())]);

interface Client {
  readonly cert?: string;
  readonly key?: string;
  readonly password?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly plain?: boolean;
}

/** A host that speaks TLS, and how a charger comes to it. */
async function aSecureHost() {
  const dataDir = temporaryFolder();
  const host = await aHost({ tlsPort: 0, dataDir });
  const { tls } = host;
  if (!tls) throw new Error('It speaks no TLS');
  const ca = readFileSync(tls.rootFile, 'utf8');
  const knock = (identity: string, client: Client = {}) =>
    open(`${client.plain ? host.ocpp : tls.ocpp}/${identity}`, identity, ca, client);
  return { host, ca, dataDir, knock, tls };
}

/** The status of the handshake, `cut` where the connection was, or the open socket. */
function open(
  url: string,
  identity: string,
  ca: string,
  { cert, key, password, headers = {} }: Client,
): Promise<WebSocket | number | 'cut'> {
  const token = Buffer.from(`${identity}:${password}`).toString('base64');
  const socket = new WebSocket(url, ['ocpp2.0.1'], {
    ca,
    ...(cert && key ? { cert, key } : {}),
    headers: { ...headers, ...(password ? { Authorization: `Basic ${token}` } : {}) },
  });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.on('error', () => {});
      socket.terminate();
    });
    socket.once('error', () => resolve('cut'));
  });
}

async function aCharger({ host }: { host: Host }, id: string, security_profile = 1) {
  const body = JSON.stringify({ id, security_profile });
  const reply = await call(host, '/v1/chargers', { method: 'POST', body });
  return Created.parse(await reply.json()).ocpp_password;
}

/** Asks for a certificate over this socket, and installs what comes. */
async function certificateOver(socket: WebSocket) {
  const { pem: csr, privateKey: key } = await aSigningRequest();
  const came = new Promise<string>((resolve) => {
    socket.on('message', (data) => {
      const call = Call.safeParse(JSON.parse(String(data)));
      if (!call.success) return;
      const [, id, action, payload] = call.data;
      socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
      if (action === 'CertificateSigned') resolve(String(payload['certificateChain']));
    });
  });
  const boot = { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V' } };
  socket.send(JSON.stringify([2, 'boot', 'BootNotification', boot]));
  socket.send(JSON.stringify([2, 'csr', 'SignCertificate', { csr }]));
  return { cert: await came, key };
}

function isOpen(came: WebSocket | number | 'cut'): asserts came is WebSocket {
  if (!(came instanceof WebSocket)) throw new Error(`It was answered ${came}`);
}

describe('the TLS listener', () => {
  // TC_A_04_CSMS: a station finds the certificate of the platform valid, and comes in over TLS.
  it('lets a charger of profile 2 in by its password, and over TLS alone', async () => {
    const world = await aSecureHost();
    const password = await aCharger(world, 'P2', 2);
    isOpen(await world.knock('P2', { password }));
    expect(await world.knock('P2', { password: 'wrong' })).toBe(401);
    expect(await world.knock('P2', { password, plain: true })).toBe(401);
  });

  it('lets a charger of profile 1 in either way', async () => {
    const world = await aSecureHost();
    const password = await aCharger(world, 'P1', 1);
    isOpen(await world.knock('P1', { password }));
    isOpen(await world.knock('P1', { password, plain: true }));
  });

  // TC_A_07_CSMS: a station shows its own certificate, and comes in.
  it('lets a charger in by the certificate it asked for, and nobody else by it', async () => {
    const world = await aSecureHost();
    const password = await aCharger(world, 'P3');
    await aCharger(world, 'OTHER');
    const first = await world.knock('P3', { password });
    isOpen(first);
    const own = await certificateOver(first);
    const again = await world.knock('P3', own);
    isOpen(again);
    expect(await world.knock('OTHER', own)).toBe(401);
  });

  // TC_A_08_CSMS: a station shows a certificate that is not valid, and does not.
  it('cuts off who shows a certificate of an unknown authority, or one past its end', async () => {
    const world = await aSecureHost();
    const password = await aCharger(world, 'P3');
    const key = aKeptKey();
    const foreign = await aForeignCertificate({ commonName: 'P3', issuer: 'Vendor CA', key });
    expect(await world.knock('P3', { cert: foreign, key, password })).toBe('cut');
    const first = await world.knock('P3', { password });
    isOpen(first);
    const own = await certificateOver(first);
    vi.useFakeTimers({ now: Date.now() + 400 * 86_400_000, toFake: ['Date'] });
    // OpenSSL has a clock of its own: the door, not the listener, sees that it is over.
    const late = await world.knock('P3', own);
    vi.useRealTimers();
    expect(late).toBe(401);
  });

  // What the edge says of a certificate, a client may say too; nobody hears it.
  it.each([true, false])(
    'takes no certificate from a header (over plain text: %s)',
    async (plain) => {
      const world = await aSecureHost();
      const password = await aCharger(world, 'P3');
      const first = await world.knock('P3', { password });
      isOpen(first);
      const { cert } = await certificateOver(first);
      const forged = certificateHeaders(new X509Certificate(cert));
      const own = Object.entries(forged).map(([name, value]) => [
        name.replace('cloudfront-viewer-cert', 'x-viewer-cert'),
        value,
      ]);
      const headers = {
        ...forged,
        ...Object.fromEntries(own),
        'cloudfront-viewer-cert-present': '1',
        'cloudfront-forwarded-proto': 'https',
        'x-viewer-protocol': 'https',
        'x-origin-verify': 'guessed',
      };
      expect(await world.knock('P3', { headers, plain })).toBe(401);
    },
  );

  it('serves the REST API too', async () => {
    const { tls, ca } = await aSecureHost();
    const { hostname, port } = new URL(tls.ocpp);
    const socket = await tlsTo({ host: hostname, port: Number(port), ca });
    socket.write('GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  // OCPP 2.0.1 A00.FR.317: RSA and ECDSA, these suites, TLS 1.2 and no older.
  // TC_A_06_CSMS: a station speaks an old TLS and is cut off, then a newer one and is let in.
  it.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLSv1.2'],
    ['AES128-GCM-SHA256', 'TLSv1.2'],
    ['AES256-GCM-SHA384', 'TLSv1.2'],
  ])('speaks %s', async (ciphers, maxVersion) => {
    const { tls, ca } = await aSecureHost();
    const { hostname, port } = new URL(tls.ocpp);
    const to = { host: hostname, port: Number(port), ca, ciphers };
    const socket = await tlsTo({ ...to, maxVersion } as ConnectionOptions);
    expect(socket.getCipher().name).toBe(ciphers);
    socket.destroy();
    const old = {
      ...to,
      ciphers: 'DEFAULT@SECLEVEL=0',
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
    };
    await expect(tlsTo(old as ConnectionOptions)).rejects.toThrow();
  });

  it('keeps its keys where nobody else reads them, and over a restart', async () => {
    const { host, ca, dataDir } = await aSecureHost();
    for (const name of ['root', 'issuing', 'server-rsa', 'server-ecdsa'])
      expect(statSync(join(dataDir, 'ca', `${name}.key`)).mode & 0o077).toBe(0);
    await host.close();
    const again = await aHost({ tlsPort: 0, dataDir, reset: true });
    expect(readFileSync(again.tls?.rootFile ?? '', 'utf8')).toBe(ca);
  });
});

const tlsTo = (options: ConnectionOptions): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect(options, () => resolve(socket));
    socket.once('error', reject);
  });
