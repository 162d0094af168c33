import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import { decodeFrame } from '#simulator/rpc/frame.ts';
import type { Made } from '#test/simulator/a-certificate.ts';

const keyOf = ({ keys }: Made) => keys.privateKey.export({ type: 'pkcs8', format: 'pem' });

type Seen = { password: string; client: string | undefined; subprotocol: string };

/** A platform behind TLS that asks for client certificates and takes only some passwords. */
export class SecurePlatform {
  readonly seen: Seen[] = [];
  /** Handshakes with another password are refused; null takes any. */
  password: string | null = null;
  refusals = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    const sockets = new WebSocketServer({
      server,
      verifyClient: ({ req }: { req: IncomingMessage }) => {
        const [, pair = ''] = (req.headers.authorization ?? '').split(' ');
        const given = Buffer.from(pair, 'base64').toString();
        const taken = this.password === null || given.endsWith(`:${this.password}`);
        if (!taken) this.refusals += 1;
        return taken;
      },
    });
    sockets.on('connection', (socket, request) => {
      const [, pair = ''] = (request.headers.authorization ?? '').split(' ');
      const { socket: tls } = request;
      const subject = tls instanceof TLSSocket ? tls.getPeerCertificate().subject : undefined;
      this.seen.push({
        password: Buffer.from(pair, 'base64').toString().split(':')[1] ?? '',
        client: subject ? String(subject.CN) : undefined,
        subprotocol: socket.protocol,
      });
      socket.on('message', (data) => {
        const frame = decodeFrame(data.toString());
        if (frame.kind !== 'call') return;
        const status = { status: 'Accepted', currentTime: new Date().toISOString(), interval: 300 };
        socket.send(JSON.stringify([3, frame.id, status]));
      });
      socket.on('error', () => {});
    });
  }

  static async start(own: Made, clientRoot: Made): Promise<SecurePlatform> {
    const server = createServer({
      cert: own.pem,
      key: keyOf(own),
      ca: clientRoot.pem,
      requestCert: true,
      rejectUnauthorized: false,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SecurePlatform(server);
  }

  get url(): string {
    const address = this.#server.address();
    return `wss://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/ocpp/demo`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
