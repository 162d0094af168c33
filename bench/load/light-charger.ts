import { once } from 'node:events';
import { WebSocket } from 'ws';
import { clock } from '#bench/load/clock.ts';

const ANSWER_WITHIN_MS = 60_000;

/** A call the platform makes to the charger, and when it had arrived. */
export interface Asked {
  readonly identity: string;
  readonly action: string;
  readonly payload: unknown;
  readonly at: number;
}

/** As little charger as can be: a socket that makes calls in 1.6 and says yes to those it gets. */
export class LightCharger {
  readonly identity: string;
  transactionId = 0;
  registerWh = 1_000_000;
  readonly #socket: WebSocket;
  readonly #onAsked: (asked: Asked) => void;
  readonly #waiting = new Map<string, (answer: unknown[]) => void>();
  #calls = 0;

  private constructor(identity: string, socket: WebSocket, onAsked: (asked: Asked) => void) {
    this.identity = identity;
    this.#socket = socket;
    this.#onAsked = onAsked;
    socket.on('message', (data) => this.#received(String(data)));
    socket.on('error', () => {});
  }

  static async open(
    url: string,
    identity: string,
    onAsked: (asked: Asked) => void,
  ): Promise<LightCharger> {
    const socket = new WebSocket(`${url}/${identity}`, 'ocpp1.6', { perMessageDeflate: false });
    const charger = new LightCharger(identity, socket, onAsked);
    await once(socket, 'open');
    return charger;
  }

  /** Boots and reports its one connector free. */
  async introduce(): Promise<void> {
    await this.call('BootNotification', { chargePointVendor: 'Magma', chargePointModel: 'Bench' });
    await this.status('Available');
  }

  status(status: string): Promise<unknown> {
    return this.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status });
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
      this.#socket.send(JSON.stringify([2, id, action, payload]));
    });
  }

  close(): void {
    this.#socket.terminate();
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
    this.#socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    this.#onAsked({ identity: this.identity, action: String(frame[2]), payload: frame[3], at });
  }
}
