import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import {
  Charged,
  Connected,
  Hammered,
  Metered,
  News,
  type Order,
  Stormed,
} from '#bench/load/fleet-messages.ts';

const program = fileURLToPath(new URL('fleet-process.ts', import.meta.url));

type AskedNews = Extract<z.infer<typeof News>, { asked: unknown }>['asked'];

/** The chargers, as the driver commands them. */
export class Fleet {
  readonly #child: ChildProcess;
  readonly #open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #orders = 0;
  onAsked: (asked: AskedNews) => void = () => {};

  constructor() {
    this.#child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (message) => this.#hear(News.parse(message)));
    this.#child.on('exit', () => {
      for (const { reject } of this.#open.values()) reject(new Error('The chargers are gone'));
    });
  }

  /** Chargers `from` to `from + count`, booted and free. */
  connect = async (url: string, from: number, count: number, version: '1.6' | '2.0.1' = '1.6') =>
    Connected.parse(await this.#order({ do: 'connect', url, version, from, count }));

  begin = async (from: number, count: number): Promise<void> => {
    await this.#order({ do: 'begin', from, count });
  };

  whenAsked = async (charge: boolean): Promise<void> => {
    await this.#order({ do: 'whenAsked', charge });
  };

  hammer = async (
    action: 'Heartbeat' | 'MeterValues',
    seconds: number,
    from: number,
    count: number,
  ) => Hammered.parse(await this.#order({ do: 'hammer', action, seconds, from, count }));

  charge = async (seconds: number, from: number, count: number) =>
    Charged.parse(await this.#order({ do: 'charge', seconds, from, count }));

  storm = async (seconds: number, from: number, count: number) =>
    Stormed.parse(await this.#order({ do: 'storm', seconds, from, count }));

  pace = async (
    action: 'MeterValues' | 'StatusNotification',
    perSecond: number,
    seconds: number,
    from: number,
    count: number,
  ) => Hammered.parse(await this.#order({ do: 'pace', action, perSecond, seconds, from, count }));

  statusEach = async (from: number, count: number): Promise<void> => {
    await this.#order({ do: 'statusEach', from, count });
  };

  meter = async (from: number) => Metered.parse(await this.#order({ do: 'meter', from }));

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }

  #order(order: Order): Promise<unknown> {
    const number = ++this.#orders;
    return new Promise((resolve, reject) => {
      this.#open.set(number, { resolve, reject });
      this.#child.send({ number, order });
    });
  }

  #hear(news: z.infer<typeof News>): void {
    if ('asked' in news) {
      this.onAsked(news.asked);
      return;
    }
    const waiting = this.#open.get(news.number);
    this.#open.delete(news.number);
    if ('failure' in news) waiting?.reject(new Error(news.failure));
    else waiting?.resolve(news.result);
  }
}

/** A fleet while `work` runs. */
export async function withFleet<T>(work: (fleet: Fleet) => Promise<T>): Promise<T> {
  const fleet = new Fleet();
  try {
    return await work(fleet);
  } finally {
    await fleet.close();
  }
}

export const identityOf = (n: number): string => `BENCH-${String(n).padStart(5, '0')}`;
