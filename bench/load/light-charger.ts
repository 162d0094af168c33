import { once } from 'node:events';
import { WebSocket } from 'ws';
import { clock } from '#bench/load/clock.ts';
import type { Dialect } from '#bench/load/dialect.ts';

const ANSWER_WITHIN_MS = 60_000;
/** A minute at 54 kW. */
const WH_A_MINUTE = 900;

/** A call the platform makes to the charger, and when it had arrived. */
export interface Asked {
  readonly identity: string;
  readonly action: string;
  readonly payload: unknown;
  readonly at: number;
}

/** As little charger as can be: a socket that makes calls and says yes to those it gets. */
export class LightCharger {
  readonly identity: string;
  readonly dialect: Dialect;
  transactionId = 0;
  charging = false;
  seqNo = 0;
  registerWh = 1_000_000;
  readonly #url: string;
  readonly #onAsked: (asked: Asked) => void;
  readonly #waiting = new Map<string, (answer: unknown[]) => void>();
  #socket: WebSocket | undefined;
  #calls = 0;

  constructor(url: string, identity: string, dialect: Dialect, onAsked: (asked: Asked) => void) {
    this.#url = url;
    this.identity = identity;
    this.dialect = dialect;
    this.#onAsked = onAsked;
  }

  /** Opens its socket; rejects where the handshake fails. */
  async open(): Promise<void> {
    const { subprotocol } = this.dialect;
    const socket = new WebSocket(`${this.#url}/${this.identity}`, subprotocol, {
      perMessageDeflate: false,
    });
    socket.on('message', (data) => this.#received(String(data)));
    await once(socket, 'open');
    socket.on('error', () => {});
    this.#socket = socket;
  }

  /** Boots and reports its one connector free. */
  async introduce(): Promise<void> {
    await this.dialect.boot(this);
    await this.dialect.status(this, false);
  }

  async begin(tag: string): Promise<void> {
    await this.dialect.start(this, tag);
    this.charging = true;
  }

  /** A minute's worth of energy on. */
  meter(at?: string): Promise<unknown> {
    this.registerWh += WH_A_MINUTE;
    return this.dialect.meter(this, at);
  }

  async end(at?: string): Promise<void> {
    await this.dialect.stop(this, at);
    this.charging = false;
  }

  /** The payload of the answer; rejects on an error or after a minute. */
  call(action: string, payload: object): Promise<unknown> {
    const id = String(++this.#calls);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${action}: no answer`)), ANSWER_WITHIN_MS);
      this.#waiting.set(id, ([kind, , answer, why]) => {
        clearTimeout(late);
        if (kind === 3) resolve(answer);
        else reject(new Error(`${action} was answered ${answer}: ${why}`));
      });
      this.#socket?.send(JSON.stringify([2, id, action, payload]));
    });
  }

  /** The line is cut; nobody says goodbye. */
  cut(): void {
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  #received(text: string): void {
    const at = clock();
    const frame: unknown = JSON.parse(text);
    if (!Array.isArray(frame)) return;
    const [kind, id] = frame;
    if (kind !== 2) {
      this.#waiting.get(String(id))?.(frame);
      this.#waiting.delete(String(id));
      return;
    }
    this.#socket?.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    this.#onAsked({ identity: this.identity, action: String(frame[2]), payload: frame[3], at });
  }
}
