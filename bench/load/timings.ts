import { clock } from '#bench/load/clock.ts';
import { percentile } from '#bench/statistics.ts';

/** How long things took, by their name. */
export class Timings {
  readonly #taken = new Map<string, number[]>();

  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const since = clock();
    const result = await work();
    const taken = this.#taken.get(name) ?? [];
    this.#taken.set(name, taken);
    taken.push(clock() - since);
    return result;
  }

  of(name: string): { calls: number; p50: number; p99: number } {
    const taken = this.#taken.get(name) ?? [];
    return { calls: taken.length, p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) };
  }

  all(): { action: string; calls: number; p50: number; p99: number }[] {
    return [...this.#taken.keys()].map((action) => ({ action, ...this.of(action) }));
  }
}
