import type { ChargerState } from '#simulator/charger-state.ts';

type Waiter = {
  holds: (state: ChargerState) => boolean;
  resolve: () => void;
  reject: (reason: Error) => void;
};

/** Promises about a charger's state, kept or broken as it changes. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  until(state: ChargerState, holds: Waiter['holds']): Promise<void> {
    if (holds(state)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.add({ holds, resolve, reject });
    });
  }

  check(state: ChargerState): void {
    for (const waiter of this.#waiting) {
      if (!waiter.holds(state)) continue;
      this.#waiting.delete(waiter);
      waiter.resolve();
    }
  }

  giveUp(reason: string): void {
    for (const { reject } of this.#waiting) reject(new Error(reason));
    this.#waiting.clear();
  }
}
