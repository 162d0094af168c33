import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { socketEdge } from '#local/edge.ts';
import { forwarded } from '#local/rest-event.ts';
import type { Served } from '#local/served.ts';
import type { SocketApi } from '#local/socket-api.ts';
import { SocketConnection, type SocketLimits } from '#local/socket-connection.ts';
import { type ConnectionFacts, newConnectionId } from '#local/socket-event.ts';
import { MAX_MESSAGE_BYTES, type Sockets } from '#local/sockets.ts';
import type { Log } from '#shared/core/log.ts';

/** A WebSocket API and where its open sockets are kept. */
export interface ServedApi {
  readonly api: SocketApi;
  readonly sockets: Sockets;
}

export interface SocketGatewayOptions {
  /** By the first segment of their path. */
  readonly apis: ReadonlyMap<string, ServedApi>;
  readonly limits: SocketLimits;
  readonly originSecret: string;
  readonly log: Log;
  readonly onServed: (served: Served) => void;
}

/** The edge and the WebSocket APIs: who may open a socket, and what becomes of it. */
export class SocketGateway {
  readonly #options: SocketGatewayOptions;
  readonly #edge = socketEdge();
  readonly #chosen = new WeakMap<IncomingMessage, string>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (_offered, request) => this.#chosen.get(request) ?? false,
  });
  readonly #handshakes = new Set<Promise<void>>();
  readonly #ends = new Set<() => void>();
  #open = 0;

  constructor(options: SocketGatewayOptions) {
    this.#options = options;
  }

  readonly handle = (request: IncomingMessage, stream: Socket, head: Buffer): void => {
    const since = performance.now();
    stream.on('error', () => stream.destroy());
    const tell = (status: number) => {
      const ms = Math.round(performance.now() - since);
      this.#options.onServed({ method: 'WS', path: request.url ?? '/', status, ms });
    };
    const refuse = (status: number) => {
      reject(stream, status);
      tell(status);
    };
    const work = this.#shake(request, stream, head)
      .then((refusal) => (refusal === undefined ? tell(101) : refuse(refusal)))
      .catch((error: unknown) => {
        this.#options.log.error('A handshake failed', { path: request.url, error });
        refuse(500);
      })
      .finally(() => this.#handshakes.delete(work));
    this.#handshakes.add(work);
  };

  /** Closes every socket; resolves when the functions have heard of all the ends. */
  async close(code: number, reason: string): Promise<void> {
    await Promise.all(this.#handshakes);
    for (const { sockets } of this.#options.apis.values()) sockets.closeAll(code, reason);
    if (this.#open > 0) await new Promise<void>((done) => this.#ends.add(done));
  }

  /** The status to refuse with, or nothing where the socket is open now. */
  async #shake(
    request: IncomingMessage,
    stream: Socket,
    head: Buffer,
  ): Promise<number | undefined> {
    if (!isHandshake(request)) return 400;
    const verdict = this.#edge(request);
    if ('refusal' in verdict) return verdict.refusal;
    const served = this.#options.apis.get((request.url ?? '/').split('/')[1] ?? '');
    if (!served) return 404;
    const facts = factsOf(served.api, request);
    const headers = { ...verdict.headers, ...forwarded(request, this.#options.originSecret) };
    const opening = await served.api.open(facts, handshakeOf(headers));
    if ('refused' in opening) return opening.refused;
    const { caller, subprotocol } = opening;
    if (stream.destroyed) {
      await served.api.close(facts, caller, 1006, '');
      return undefined;
    }
    if (subprotocol !== undefined) this.#chosen.set(request, subprotocol);
    this.#server.handleUpgrade(request, stream, head, (socket) => {
      this.#opened(served, facts, caller, socket, stream);
    });
    return undefined;
  }

  #opened(
    { api, sockets }: ServedApi,
    facts: ConnectionFacts,
    caller: Record<string, string>,
    socket: WebSocket,
    stream: Socket,
  ): void {
    const { limits, log } = this.#options;
    this.#open += 1;
    const onEnd = () => {
      this.#open -= 1;
      if (this.#open === 0) for (const done of this.#ends) done();
    };
    socket.once('close', () => sockets.remove(facts.connectionId));
    const connection = new SocketConnection(socket, stream, {
      api,
      facts,
      caller,
      limits,
      log,
      onEnd,
    });
    sockets.add(facts.connectionId, connection);
  }
}

/** What RFC 6455 section 4.2.1 demands, asked before any function runs. */
const isHandshake = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  headers['sec-websocket-version'] === '13' &&
  /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '');

const factsOf = (api: SocketApi, request: IncomingMessage): ConnectionFacts => ({
  api: api.id,
  connectionId: newConnectionId(),
  connectedAt: Date.now(),
  domainName: request.headers.host ?? 'localhost',
  sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
});

/** The handshake's headers as they come out of the edge, and what a gateway adds. */
function handshakeOf(headers: Readonly<Record<string, string>>) {
  const each = Object.entries(headers).map(([name, value]) => [name, [value]]);
  return { headers, multiValueHeaders: Object.fromEntries(each) };
}

function reject(stream: Socket, status: number): void {
  if (stream.destroyed) return;
  const reason = STATUS_CODES[status] ?? '';
  stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
