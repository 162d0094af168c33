import type { DatabaseSync } from 'node:sqlite';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { Simulator, startSimulator } from '#simulator/client.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';

/** Chargers come online one after another, so that one can watch. */
const STAGGER_MS = 100;

/** A fresh charger samples once a minute; these do it oftener, so that one can watch a charge move. */
const LIVELY: Readonly<Record<ChargerSpec['version'], Record<string, string>>> = {
  '1.6': { MeterValueSampleInterval: '5' },
  '2.0.1': { 'SampledDataCtrlr.TxUpdatedInterval': '5' },
};

export interface SimulatorsOptions {
  readonly database: DatabaseSync;
  /** `ws://127.0.0.1:8080/ocpp/demo` */
  readonly url: string;
  readonly speed: number;
  /** `online` when the platform has accepted the charger, and then what happens to its connection. */
  readonly onNews: (identity: string, news: string) => void;
}

/** The sandbox's chargers. What they know is kept with the data, so that a charge outlives the process. */
export class Simulators {
  readonly #options: SimulatorsOptions;
  readonly #running: Simulator[] = [];
  readonly #starts: readonly NodeJS.Timeout[];
  readonly #online = sandboxChargers.map(() => Promise.withResolvers<void>());
  #isClosed = false;

  constructor(options: SimulatorsOptions) {
    this.#options = options;
    this.#starts = sandboxChargers.map((charger, n) =>
      setTimeout(() => this.#load(charger, () => this.#online[n]?.resolve()), n * STAGGER_MS),
    );
  }

  /** A charger is much code, which nobody who waits for the platform to answer should wait for. */
  async #load(charger: ChargerSpec, isOnline: () => void): Promise<void> {
    const { startSimulator } = await import('#simulator/client.ts');
    if (!this.#isClosed) this.#start(startSimulator, charger, isOnline);
  }

  /** Resolves when each has been online once. */
  async whenOnline(): Promise<void> {
    await Promise.all(this.#online.map(({ promise }) => promise));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const start of this.#starts) clearTimeout(start);
    await Promise.all(this.#running.map((simulator) => simulator.close()));
  }

  #start(start: typeof startSimulator, charger: ChargerSpec, isOnline: () => void): void {
    const { database, url, speed, onNews } = this.#options;
    const { identity } = charger;
    const save = database.prepare('INSERT OR REPLACE INTO simulators VALUES (?, ?)');
    const kept = database.prepare('SELECT snapshot FROM simulators WHERE identity = ?');
    let wasOnline = false;
    const simulator = start({
      url,
      charger,
      speed,
      variables: LIVELY[charger.version],
      restore: parsed(kept.get(identity)?.snapshot),
      save: (snapshot) => save.run(identity, JSON.stringify(snapshot)),
      log: (message) => {
        if (wasOnline) onNews(identity, message);
      },
    });
    this.#running.push(simulator);
    simulator.whenOnline().then(
      () => {
        wasOnline = true;
        isOnline();
        onNews(identity, 'online');
      },
      // It was closed before it came online.
      () => {},
    );
  }
}

/** An unreadable snapshot is none. */
function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}
