import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { frameMeter } from '#local/frame-meter.ts';
import type { SocketApi } from '#local/socket-api.ts';
import type { ConnectionFacts } from '#local/socket-event.ts';
import type { OpenSocket } from '#local/sockets.ts';
import type { Log } from '#shared/core/log.ts';

/** API Gateway's limits of a WebSocket connection. */
export interface SocketLimits {
  readonly idleMs: number;
  readonly maxAgeMs: number;
  readonly maxFrameBytes: number;
  /** Messages of one connection run side by side, as the cloud may do it. */
  readonly outOfOrder: boolean;
}
export const socketLimits: SocketLimits = {
  idleMs: 10 * 60_000,
  maxAgeMs: 2 * 3_600_000,
  maxFrameBytes: 32 * 1024,
  outOfOrder: false,
};

/** What a client has not read yet; the cloud's gateway takes no more either, and says so. */
const UNREAD_AT_MOST_BYTES = 1024 * 1024;
const TOO_BIG = 1009;
const GOING_AWAY = 1001;
/** A client that does not answer a close by then is stuck, or gone without a word. */
const CLOSE_WITHIN_MS = 2000;

export interface ConnectionOptions {
  readonly api: SocketApi;
  readonly facts: ConnectionFacts;
  readonly caller: Record<string, string>;
  readonly limits: SocketLimits;
  readonly log: Log;
  readonly onEnd: () => void;
}

/** One open WebSocket: its frames go to the function of `$default`, its end to `$disconnect`, once. */
export class SocketConnection implements OpenSocket {
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #idle: NodeJS.Timeout;
  readonly #age: NodeJS.Timeout;
  #closing: NodeJS.Timeout | undefined;
  #isOver = false;
  /** Everything handed to the functions so far. */
  #handled: Promise<unknown> = Promise.resolve();

  constructor(socket: WebSocket, stream: Socket, options: ConnectionOptions) {
    const { limits } = options;
    this.#socket = socket;
    this.#options = options;
    this.#idle = setTimeout(() => this.close(GOING_AWAY, 'Going away'), limits.idleMs);
    this.#age = setTimeout(() => this.close(GOING_AWAY, 'Going away'), limits.maxAgeMs);
    // Before the socket library sees them, so that no message of a forbidden frame gets through.
    stream.prependListener(
      'data',
      frameMeter((bytes) => this.#measure(bytes)),
    );
    socket.on('message', (data, isBinary) => this.#received(data, isBinary));
    socket.on('close', (code, reason) => this.#ended(code, reason.toString()));
    socket.on('error', (error) => options.log.debug('A socket failed', { error: error.message }));
  }

  send(text: string): boolean {
    if (this.#isOver || this.#socket.readyState !== this.#socket.OPEN) return false;
    if (this.#socket.bufferedAmount > UNREAD_AT_MOST_BYTES)
      throw new Error('The client does not read what it is sent');
    this.#idle.refresh();
    this.#socket.send(text);
    return true;
  }

  close(code: number, reason: string): void {
    this.#isOver = true;
    this.#socket.close(code, reason);
    this.#closing ??= setTimeout(() => this.#socket.terminate(), CLOSE_WITHIN_MS);
  }

  #measure(frameBytes: number): void {
    if (frameBytes > this.#options.limits.maxFrameBytes) this.close(TOO_BIG, 'Message too big');
  }

  #received(data: WebSocket.RawData, isBinary: boolean): void {
    if (this.#isOver) return;
    this.#idle.refresh();
    const { api, facts, caller, limits } = this.#options;
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat([data].flat().map(toBuffer));
    const handle = () => this.#guarded(api.message(facts, caller, bytes, isBinary), true);
    if (limits.outOfOrder) this.#handled = Promise.all([this.#handled, handle()]);
    else this.#handled = this.#handled.then(handle);
  }

  #ended(code: number, reason: string): void {
    this.#isOver = true;
    clearTimeout(this.#idle);
    clearTimeout(this.#age);
    clearTimeout(this.#closing);
    const { api, facts, caller, onEnd } = this.#options;
    const handle = () => this.#guarded(api.close(facts, caller, code, reason), false);
    this.#handled = this.#handled.then(handle).finally(onEnd);
  }

  /** A function that throws makes the gateway tell the client, in words of its own. */
  async #guarded(work: Promise<void>, tell: boolean): Promise<void> {
    try {
      await work;
    } catch (error) {
      const { log, facts } = this.#options;
      log.error('A socket function failed', { api: facts.api, error });
      const { connectionId } = facts;
      if (tell) this.send(JSON.stringify({ message: 'Internal server error', connectionId }));
    }
  }
}

const toBuffer = (part: Buffer | ArrayBuffer): Buffer =>
  Buffer.isBuffer(part) ? part : Buffer.from(part);
