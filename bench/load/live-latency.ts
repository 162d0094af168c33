import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { clock } from '#bench/load/clock.ts';
import { type Fleet, identityOf, withFleet } from '#bench/load/fleet.ts';
import { type LocalHost, withLocalHost } from '#bench/load/local-host.ts';
import { RestClient } from '#bench/load/rest-client.ts';
import type { Findings, Part, Say } from '#bench/part.ts';
import { percentile } from '#bench/statistics.ts';

const CHARGERS = 50;
const WATCHED = 20;
const WARM_UP = 40;
const SAMPLES = 400;
const PAUSE_MS = 20;
const SHOWN_WITHIN_MS = 10_000;
const METER_AT_FIRST_WH = 1_000_000;

/** From a charger's MeterValues to the frame that shows its energy to a live client. */
export const liveLatency: Part = {
  title: 'Live stream: MeterValues sent until a client has the frame',
  run: (say) => withLocalHost({}, (host) => withFleet((fleet) => measure(host, fleet, say))),
};

async function measure(host: LocalHost, fleet: Fleet, say: Say): Promise<Findings> {
  await fleet.connect(host.ocpp, 0, CHARGERS);
  await fleet.begin(0, WATCHED);
  const watchers = await watchSessions(host);
  say(`${CHARGERS} chargers connected, ${WATCHED} of them charging, each watched by a client`);
  const shown: number[] = [];
  for (let n = 0; n < WARM_UP + SAMPLES; n++) {
    const at = n % WATCHED;
    const { sentAt, registerWh } = await fleet.meter(at);
    const seenAt = await watchers[at]?.seen((registerWh - METER_AT_FIRST_WH) / 1000);
    if (n >= WARM_UP && seenAt !== undefined) shown.push(seenAt - sentAt);
    await sleep(PAUSE_MS);
  }
  for (const watcher of watchers) watcher.close();
  return {
    tables: [
      {
        title: `${SAMPLES} meter values, one after the other, over ${WATCHED} watched sessions`,
        columns: ['from the charger sends until', 'p50 ms', 'p99 ms', 'longest ms'],
        rows: [
          [
            'the client has session.updated',
            percentile(shown, 0.5),
            percentile(shown, 0.99),
            Math.max(...shown),
          ],
        ],
      },
    ],
    notes: ['In the cloud the table’s stream lies between (a Lambda poll): 0.2 to 0.6 s more.'],
  };
}

const Sessions = z.object({
  sessions: z.array(z.object({ session_id: z.string(), charger_id: z.string() })),
});
const Watched = z.object({ websocket: z.string() });

/** A client on the session of each of the first chargers, in their order. */
async function watchSessions({ api, api_key: key }: LocalHost): Promise<Watcher[]> {
  const client = new RestClient(api, 4);
  try {
    const list = await client.call('GET', '/v1/sessions?status=charging', key);
    const { sessions } = Sessions.parse(JSON.parse(list.body));
    return await Promise.all(
      Array.from({ length: WATCHED }, async (_, n) => {
        const of = sessions.find(({ charger_id: id }) => id === identityOf(n));
        const one = await client.call('GET', `/v1/sessions/${of?.session_id}`, key);
        return Watcher.open(Watched.parse(JSON.parse(one.body)).websocket);
      }),
    );
  } finally {
    client.close();
  }
}

const Frame = z.object({ type: z.string(), event: z.unknown().optional() });
const Updated = z.object({
  type: z.literal('session.updated'),
  data: z.object({ object: z.object({ energy_kwh: z.number() }) }),
});

/** A live client that notes when it was shown which energy. */
class Watcher {
  readonly #socket: WebSocket;
  readonly #shown = new Map<number, number>();
  #onShown = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#received(String(data)));
    socket.on('error', () => {});
  }

  /** Resolves when the platform has greeted it. */
  static async open(url: string): Promise<Watcher> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const watcher = new Watcher(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('message', () => resolve());
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`The live socket closed with ${code}`)));
    });
    return watcher;
  }

  /** When it was shown this energy. */
  async seen(kwh: number): Promise<number> {
    const signal = AbortSignal.timeout(SHOWN_WITHIN_MS);
    for (;;) {
      const at = this.#shown.get(kwh);
      if (at !== undefined) return at;
      await new Promise<void>((resolve, reject) => {
        this.#onShown = resolve;
        signal.addEventListener('abort', () => reject(new Error(`${kwh} kWh were never shown`)));
      });
    }
  }

  close(): void {
    this.#socket.terminate();
  }

  #received(text: string): void {
    const at = clock();
    const { type, event } = Frame.parse(JSON.parse(text));
    const updated = type === 'event' ? Updated.safeParse(event).data : undefined;
    if (!updated) return;
    this.#shown.set(updated.data.object.energy_kwh, at);
    this.#onShown();
  }
}
