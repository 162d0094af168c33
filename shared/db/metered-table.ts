import {
  ConditionFailed,
  type Item,
  type Key,
  type Page,
  type Query,
  type Table,
  type Write,
} from '#shared/core/table.ts';
import { applyUpdate } from '#shared/db/apply-update.ts';
import { indexUnits, readUnits, rowUnits, sizeOf } from '#shared/db/capacity.ts';
import { keyOf } from '#shared/db/check-writes.ts';

/** One operation on one row, or one query, and what it costs. */
export interface MeteredItem {
  readonly op: 'get' | 'query' | 'increment' | Write['op'];
  readonly pk: string;
  /** Of a query: undefined. */
  readonly sk: string | undefined;
  readonly bytes: number;
  readonly rru: number;
  readonly wru: number;
}

export interface Reading {
  readonly reads: number;
  readonly writes: number;
  readonly items: readonly MeteredItem[];
}

/** Counts the units since it was last read. */
export class Meter {
  #items: MeteredItem[] = [];

  add(op: MeteredItem['op'], at: Key | Query, cost: { bytes: number; rru?: number; wru?: number }) {
    const sk = 'sk' in at ? at.sk : undefined;
    this.#items.push({ op, pk: at.pk, sk, rru: 0, wru: 0, ...cost });
  }

  take(): Reading {
    const items = this.#items;
    this.#items = [];
    const sum = (of: 'rru' | 'wru') => items.reduce((total, item) => total + item[of], 0);
    return { reads: sum('rru'), writes: sum('wru'), items };
  }
}

/** A table that counts what its calls would cost in DynamoDB, whatever engine is behind it. */
export class MeteredTable implements Table {
  readonly meter = new Meter();
  readonly #inner: Table;

  constructor(inner: Table) {
    this.#inner = inner;
  }

  async get(key: Key): Promise<Item | undefined> {
    const row = await this.#inner.get(key);
    this.#addRead(key, row);
    return row;
  }

  async batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]> {
    const rows = await this.#inner.batchGet(keys);
    const seen = new Set<string>();
    for (const [n, key] of keys.entries()) {
      const name = JSON.stringify([key.pk, key.sk]);
      if (!seen.has(name)) this.#addRead(key, rows[n]);
      seen.add(name);
    }
    return rows;
  }

  async query(query: Query): Promise<Page> {
    const page = await this.#inner.query(query);
    const shown = page.items.reduce((sum, item) => sum + sizeOf(item), 0);
    // The one row beyond the page that tells of the next is read too; taken as of average size.
    const beyond = page.cursor ? shown / page.items.length : 0;
    const bytes = Math.ceil(shown + beyond);
    this.meter.add('query', query, { bytes, rru: readUnits(bytes, query.index === undefined) });
    return page;
  }

  async write(writes: readonly Write[]): Promise<void> {
    const before = await this.#inner.batchGet(writes.map(keyOf));
    const cost = (done: boolean) => {
      for (const [n, write] of writes.entries()) this.#addWrite(write, before[n], writes, done);
    };
    try {
      await this.#inner.write(writes);
    } catch (error) {
      if (error instanceof ConditionFailed) cost(false);
      throw error;
    }
    cost(true);
  }

  async increment(
    key: Key,
    attribute: string,
    options: { max?: number; ttl?: number } = {},
  ): Promise<number | undefined> {
    const before = await this.#inner.get(key);
    const value = await this.#inner.increment(key, attribute, options);
    const { ttl } = options;
    const set = { [attribute]: value, ...(ttl === undefined ? {} : { ttl }) };
    const after = value === undefined ? before : applyUpdate(before, { op: 'update', key, set });
    const wru = rowUnits(before, after) + indexUnits(before, after);
    this.meter.add('increment', key, { bytes: sizeOf(after), wru });
    return value;
  }

  #addRead(key: Key, row: Item | undefined): void {
    const bytes = sizeOf(row);
    this.meter.add('get', key, { bytes, rru: readUnits(bytes) });
  }

  #addWrite(write: Write, before: Item | undefined, all: readonly Write[], done: boolean): void {
    const after = rowAfter(write, before);
    const bytes = Math.max(sizeOf(before), sizeOf(after));
    const isAlone = all.length === 1 && write.op !== 'check';
    const times = isAlone ? 1 : 2;
    if (write.op === 'check') {
      this.meter.add('check', write.key, { bytes, rru: readUnits(bytes) * times });
      return;
    }
    const wru = rowUnits(before, after) + (done ? indexUnits(before, after) : 0);
    this.meter.add(write.op, keyOf(write), { bytes, wru: wru * times });
  }
}

function rowAfter(write: Write, before: Item | undefined): Item | undefined {
  if (write.op === 'put') return write.item;
  if (write.op === 'update') return applyUpdate(before, write);
  return write.op === 'delete' ? undefined : before;
}
