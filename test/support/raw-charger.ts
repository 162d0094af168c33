import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '#test/support/eventually.ts';

const PATIENCE_MS = 20_000;

/** A socket on which a charger can say anything, right or wrong. */
export class RawCharger {
  /** Every frame that came, in order. */
  readonly frames: unknown[] = [];
  /** The code its socket was closed with, once it is. */
  closedWith: number | undefined;
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  #said = 0;

  constructor(socket: WebSocket, stream: Socket) {
    this.#socket = socket;
    this.#stream = stream;
    socket.on('message', (data) => this.frames.push(JSON.parse(String(data))));
    socket.on('close', (code) => {
      this.closedWith = code;
    });
    socket.on('error', () => {});
  }

  send(data: string | Buffer): void {
    this.#socket.send(data);
  }

  /** Makes a call and waits for what it is answered with: the frame. */
  say(action: string, payload: object): Promise<readonly unknown[]> {
    const id = `said-${++this.#said}`;
    this.send(JSON.stringify([2, id, action, payload]));
    return this.answerTo(id);
  }

  /** The frame that answers this message, once it has come. */
  async answerTo(id: string): Promise<readonly unknown[]> {
    for (;;) {
      const answer = this.frames.find((frame) => Array.isArray(frame) && frame[1] === id);
      if (Array.isArray(answer)) return answer;
      await once(this.#socket, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
    }
  }

  /** Reads nothing any more and answers nothing, while its socket stays open. */
  freeze(): void {
    this.#stream.pause();
  }

  /** The code its socket is closed with. */
  async closed(): Promise<number> {
    return eventually(() => {
      if (this.closedWith === undefined) throw new Error('Still open');
      return this.closedWith;
    });
  }
}

/** Connected without a word said; gone with the test. */
export async function aRawCharger(
  url: string,
  protocol: 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1' = 'ocpp1.6',
): Promise<RawCharger> {
  const { hostname, port } = new URL(url);
  const stream = connect({ host: hostname, port: Number(port) });
  const socket = new WebSocket(url, protocol, { createConnection: () => stream });
  onTestFinished(() => socket.terminate());
  const charger = new RawCharger(socket, stream);
  await once(socket, 'open');
  return charger;
}
