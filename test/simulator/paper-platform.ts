import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeFrame } from '#simulator/rpc/frame.ts';
import type { Payload } from '#simulator/turn.ts';

type Answer = (payload: Payload) => Payload | 'silence';
export type Heard = { identity: string; action: string; payload: Payload };

const now = (): string => new Date().toISOString();

const ANSWERS: Record<string, Answer> = {
  BootNotification: () => ({ status: 'Accepted', currentTime: now(), interval: 300 }),
  Heartbeat: () => ({ currentTime: now() }),
  Authorize: () => ({ idTagInfo: { status: 'Accepted' }, idTokenInfo: { status: 'Accepted' } }),
  StartTransaction: () => ({ transactionId: 41, idTagInfo: { status: 'Accepted' } }),
};

/** A small platform on a real port: it answers what chargers say and remembers it. */
export class PaperPlatform {
  readonly heard: Heard[] = [];
  readonly handshakes: { path: string; authorization: string | undefined }[] = [];
  readonly answers: Record<string, Answer> = { ...ANSWERS };
  readonly #server: WebSocketServer;
  readonly #sockets = new Map<string, WebSocket>();
  readonly #replies = new Map<string, (reply: unknown[]) => void>();
  readonly #waiting: { holds: () => boolean; resolve: () => void }[] = [];
  #nextId = 0;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket, request) => this.#greet(socket, request));
  }

  static async start(port = 0): Promise<PaperPlatform> {
    const server = new WebSocketServer({ port, host: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    return new PaperPlatform(server);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ocpp/demo`;
  }

  get openSockets(): number {
    return this.#server.clients.size;
  }

  /** Calls a charger and waits for its reply. */
  call(identity: string, action: string, payload: object): Promise<unknown[]> {
    this.#nextId += 1;
    const id = `p${this.#nextId}`;
    this.#sockets.get(identity)?.send(JSON.stringify([2, id, action, payload]));
    return new Promise((resolve) => this.#replies.set(id, resolve));
  }

  actions(identity: string): string[] {
    return this.heard.filter((one) => one.identity === identity).map(({ action }) => action);
  }

  /** Resolves once something holds of what was heard. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ holds, resolve });
    });
  }

  untilHeard(action: string, times = 1): Promise<void> {
    return this.until(() => this.heard.filter((one) => one.action === action).length >= times);
  }

  cut(identity: string): void {
    this.#sockets.get(identity)?.terminate();
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #greet(socket: WebSocket, request: IncomingMessage): void {
    const path = request.url ?? '';
    const identity = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
    this.handshakes.push({ path, authorization: request.headers.authorization });
    this.#sockets.set(identity, socket);
    socket.on('message', (data) => this.#hear(identity, socket, data.toString()));
    socket.on('error', () => {});
    this.#check();
  }

  #hear(identity: string, socket: WebSocket, text: string): void {
    const frame = decodeFrame(text);
    if (frame.kind === 'result') this.#replies.get(frame.id)?.(JSON.parse(text));
    if (frame.kind !== 'call' || !isPayload(frame.payload)) return;
    this.heard.push({ identity, action: frame.action, payload: frame.payload });
    const answer = this.answers[frame.action]?.(frame.payload) ?? {};
    if (answer !== 'silence') socket.send(JSON.stringify([3, frame.id, answer]));
    this.#check();
  }

  #check(): void {
    for (const { holds, resolve } of this.#waiting) if (holds()) resolve();
  }
}

const isPayload = (value: unknown): value is Payload => typeof value === 'object' && value !== null;
