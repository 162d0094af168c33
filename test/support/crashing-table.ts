import type { Item, Key, Page, Query, Table, Write } from '#shared/core/table.ts';

/** When the process dies: at which of its writes, and whether that one was still done. */
export interface Crash {
  readonly at: number;
  readonly done: boolean;
}

/** A table whose user dies at one of its writes. */
export class CrashingTable implements Table {
  readonly #inner: Table;
  readonly #crash: Crash;
  #writes = 0;

  constructor(inner: Table, crash: Crash) {
    this.#inner = inner;
    this.#crash = crash;
  }

  /** False where there were not as many writes. */
  get hasCrashed(): boolean {
    return this.#writes > this.#crash.at;
  }

  get(key: Key): Promise<Item | undefined> {
    return this.#inner.get(key);
  }
  batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]> {
    return this.#inner.batchGet(keys);
  }
  query(query: Query): Promise<Page> {
    return this.#inner.query(query);
  }
  write(writes: readonly Write[]): Promise<void> {
    return this.#unlessDead(() => this.#inner.write(writes));
  }
  increment(
    key: Key,
    attribute: string,
    options?: { max?: number; ttl?: number },
  ): Promise<number | undefined> {
    return this.#unlessDead(() => this.#inner.increment(key, attribute, options));
  }

  async #unlessDead<T>(write: () => Promise<T>): Promise<T> {
    const n = this.#writes++;
    const { at, done } = this.#crash;
    if (n > at || (n === at && !done)) throw new Error('The process is dead.');
    const result = await write();
    if (n === at) throw new Error('The process died.');
    return result;
  }
}
