import type { Item, Key, Query, Table, Write } from '#shared/core/table.ts';

/** A row that was written: what it was before, and what it is now. */
export interface Change {
  readonly key: Key;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** A table that remembers what each row it wrote was at first, and can put it all back. */
export class UndoableTable implements Table {
  readonly #under: Table;
  readonly #before = new Map<string, { key: Key; item: Item | undefined }>();

  constructor(under: Table) {
    this.#under = under;
  }

  get = (key: Key) => this.#under.get(key);
  batchGet = (keys: readonly Key[]) => this.#under.batchGet(keys);
  query = (query: Query) => this.#under.query(query);

  async write(writes: readonly Write[]): Promise<void> {
    for (const write of writes)
      if (write.op !== 'check') await this.#remember(write.op === 'put' ? write.item : write.key);
    await this.#under.write(writes);
  }

  async increment(key: Key, attribute: string, options?: { max?: number; ttl?: number }) {
    await this.#remember(key);
    return this.#under.increment(key, attribute, options);
  }

  async #remember({ pk, sk }: Key): Promise<void> {
    const name = JSON.stringify([pk, sk]);
    if (this.#before.has(name)) return;
    this.#before.set(name, { key: { pk, sk }, item: await this.#under.get({ pk, sk }) });
  }

  /** The rows that are no longer what they were. */
  async changes(): Promise<Change[]> {
    const all = await Promise.all(
      [...this.#before.values()].map(async ({ key, item: before }) => ({
        key,
        before,
        after: await this.#under.get(key),
      })),
    );
    return all.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  }

  async undo(): Promise<void> {
    for (const { key, item } of this.#before.values())
      await this.#under.write([item ? { op: 'put', item } : { op: 'delete', key }]);
    this.#before.clear();
  }
}
