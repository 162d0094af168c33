import { WebSocket } from 'ws';
import * as z from 'zod';
import type { RestClient } from '#bench/load/rest-client.ts';

const Ticket = z.object({ url: z.string() });
const Frame = z.object({ type: z.string(), event: z.unknown().optional() });
const Gap = z.object({ after: z.string() });
const Shown = z.object({
  id: z.string(),
  created_at: z.string(),
  scope: z.object({ charger_id: z.string().nullish() }),
});

export interface Wanted {
  readonly topics: readonly string[];
  readonly filter?: object;
}

/** A live client that keeps count of what it was shown, and asks again for what it was not. */
export class Listener {
  /** Event ids in the order of their first arrival, with the charger they are of. */
  readonly seen = new Map<string, string>();
  /** Milliseconds from the event's instant until its frame was here; replayed ones are not counted. */
  readonly latencies: number[] = [];
  frames = 0;
  repeats = 0;
  gaps = 0;
  #gapAfter = '';
  #catchingUp = false;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#received(String(data)));
    socket.on('error', () => {});
  }

  /** Resolves when it has been greeted. */
  static async open(client: RestClient, key: string, wanted: Wanted): Promise<Listener> {
    const reply = await client.call('POST', '/v1/live-tickets', key, wanted);
    if (reply.status !== 201) throw new Error(`${reply.status} ${reply.body}`);
    const { url } = Ticket.parse(JSON.parse(reply.body));
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const listener = new Listener(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('message', () => resolve());
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`The live socket closed with ${code}`)));
    });
    return listener;
  }

  /** Asks for what followed the last gap, and from now on for what follows each. */
  resume(): void {
    this.#catchingUp = true;
    this.#socket.send(JSON.stringify({ action: 'resume', after: this.#gapAfter }));
  }

  close(): void {
    this.#socket.terminate();
  }

  #received(text: string): void {
    const whole: unknown = JSON.parse(text);
    const { type, event } = Frame.parse(whole);
    if (type === 'gap') {
      this.gaps++;
      this.#gapAfter = Gap.parse(whole).after;
      if (this.#catchingUp) this.resume();
    }
    if (type !== 'event') return;
    const { id, created_at, scope } = Shown.parse(event);
    this.frames++;
    if (this.seen.has(id)) this.repeats++;
    else this.seen.set(id, scope.charger_id ?? '');
    if (!this.#catchingUp) this.latencies.push(Date.now() - Date.parse(created_at));
  }
}
