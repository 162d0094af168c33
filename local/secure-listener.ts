import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { LocalAuthority } from '#local/authority.ts';
import { LOOPBACK, listen } from '#local/listen.ts';
import type { Log } from '#shared/core/log.ts';

/**
 * The four suites of OCPP 2.0.1 A00.FR.317 (1.6 security whitepaper: the same), then what chargers with
 * RSA certificates offer besides. TLS 1.3 has suites of its own.
 */
const CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
].join(':');

type UpgradeCheck = NonNullable<
  NonNullable<Parameters<typeof createServer>[0]>['shouldUpgradeCallback']
>;

export interface SecureServer {
  readonly server: Server;
  readonly port: number;
}

export interface SecureOptions {
  /** Nothing is opened where it is left out. */
  readonly tlsPort?: number | undefined;
  /** Roots of other authorities whose client certificates may come in, PEM. */
  readonly trusted?: readonly string[];
  readonly log: Log;
}

/** Speaks TLS at the port, or at the next that is free. */
export async function listenSecurely(
  { tlsPort, trusted = [], log }: SecureOptions,
  authority: LocalAuthority,
  shouldUpgradeCallback: UpgradeCheck,
): Promise<SecureServer | undefined> {
  if (tlsPort === undefined) return undefined;
  const server = createServer({
    ...(await authority.serverCredentials(['localhost', LOOPBACK])),
    ca: [...(await authority.trusted()), ...trusted],
    ciphers: CIPHERS,
    honorCipherOrder: true,
    minVersion: 'TLSv1.2',
    requestCert: true,
    rejectUnauthorized: false,
    shouldUpgradeCallback,
  });
  server.on('secureConnection', (socket) => cutOffUntrusted(socket, log));
  return { server, port: await listen(server, tlsPort) };
}

/**
 * As CloudFront with optional client certificates: who shows none is let through, who shows one that
 * leads to no trusted root, or is past its end, is cut off.
 */
function cutOffUntrusted(socket: TLSSocket, log: Log): void {
  if (socket.authorized || !socket.getPeerX509Certificate()) return;
  const because = socket.authorizationError;
  log.warn('A client certificate was refused', { ip: socket.remoteAddress, because });
  socket.destroy();
}
