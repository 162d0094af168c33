import { performance } from 'node:perf_hooks';
import type { Observation } from '#simulator/simulator-options.ts';

/** Measures how long calls take, when somebody wants to know. */
export class Stopwatch {
  readonly #observe: ((observation: Observation) => void) | undefined;
  readonly #startedAt = new Map<string, number>();

  constructor(observe: ((observation: Observation) => void) | undefined) {
    this.#observe = observe;
  }

  started(id: string): void {
    if (this.#observe && !this.#startedAt.has(id)) this.#startedAt.set(id, performance.now());
  }

  /** Forgets the calls under way: their connection is gone. */
  reset(): void {
    this.#startedAt.clear();
  }

  settled({ id, action, outcome }: { id: string } & Omit<Observation, 'elapsedMs'>): void {
    const startedAt = this.#startedAt.get(id);
    this.#startedAt.delete(id);
    if (startedAt === undefined) return;
    this.#observe?.({ action, outcome, elapsedMs: performance.now() - startedAt });
  }
}
