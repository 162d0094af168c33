import type { Item, Key, Query, Table, Write } from '#shared/core/table.ts';
import type { Change } from '#test/support/isolation/undoable-table.ts';

type Memory = Map<string, { readonly key: Key; readonly item: Item | undefined }>;

/** A table that shows its new rows as the stream does, and goes back to where a mark was set. */
export class RewindableTable implements Table {
  /** New rows with an outbox, in the order of their commits. */
  stream: Item[] = [];
  readonly #under: Table;
  readonly #marks: Memory[] = [];

  constructor(under: Table) {
    this.#under = under;
  }

  get = (key: Key) => this.#under.get(key);
  batchGet = (keys: readonly Key[]) => this.#under.batchGet(keys);
  query = (query: Query) => this.#under.query(query);

  async write(writes: readonly Write[]): Promise<void> {
    const inserted: Item[] = [];
    for (const write of writes) {
      if (write.op === 'check') continue;
      const before = await this.#remember(write.op === 'put' ? write.item : write.key);
      if (write.op === 'put' && !before && write.item['outbox'] !== undefined)
        inserted.push(write.item);
    }
    await this.#under.write(writes);
    // As it is stored: what is undefined is left out.
    this.stream.push(...inserted.map((item) => JSON.parse(JSON.stringify(item))));
  }

  async increment(key: Key, attribute: string, options?: { max?: number; ttl?: number }) {
    await this.#remember(key);
    return this.#under.increment(key, attribute, options);
  }

  async #remember({ pk, sk }: Key): Promise<Item | undefined> {
    const name = JSON.stringify([pk, sk]);
    const item = await this.#under.get({ pk, sk });
    for (const memory of this.#marks)
      if (!memory.has(name)) memory.set(name, { key: { pk, sk }, item });
    return item;
  }

  mark(): void {
    this.#marks.push(new Map());
  }

  /** What has changed since the last mark. */
  async changes(): Promise<Change[]> {
    const all: Change[] = [];
    for (const { key, item: before } of this.#marks.at(-1)?.values() ?? []) {
      const after = await this.#under.get(key);
      if (JSON.stringify(before) !== JSON.stringify(after)) all.push({ key, before, after });
    }
    return all;
  }

  /** Puts all back as it was at the last mark, which stays. */
  async rewind(): Promise<void> {
    const memory = this.#marks.at(-1);
    for (const { key, item } of memory?.values() ?? [])
      await this.#under.write([item ? { op: 'put', item } : { op: 'delete', key }]);
    memory?.clear();
  }

  /** Forgets the last mark; what was done since stays. */
  unmark(): void {
    this.#marks.pop();
  }
}
