import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  ConditionFailed,
  type Item,
  type Key,
  type Page,
  type Query,
  type Table,
  type Write,
} from '#shared/core/table.ts';
import { applyUpdate, numberOf } from '#shared/db/apply-update.ts';
import { checkItem, checkKey, checkSize, checkWrites, keyOf } from '#shared/db/check-writes.ts';
import { holds, unixSeconds } from '#shared/db/conditions.ts';
import { SqliteQueries } from '#shared/db/sqlite-query.ts';
import { openSqlite } from '#shared/db/sqlite-schema.ts';
import { SqliteStream } from '#shared/db/sqlite-stream.ts';

export interface SqliteTableOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly now: () => Date;
  /** Which rows' changes the stream keeps; without it, those its readers want. */
  readonly streams?: (item: Item) => boolean;
}

/** Rows with an outbox, and live connections, which are greeted when they appear. */
const wantedByReaders = (item: Item) => item.outbox !== undefined || item.pk.startsWith('LC#');

/** The storage port over SQLite, in memory for tests or in a file for the local run. */
export class SqliteTable implements Table {
  readonly stream: SqliteStream;
  readonly #db: DatabaseSync;
  readonly #now: () => Date;
  readonly #streams: (item: Item) => boolean;
  readonly #queries: SqliteQueries;
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;

  constructor({ path, now, streams = wantedByReaders }: SqliteTableOptions) {
    const db = openSqlite(path);
    this.#db = db;
    this.#now = now;
    this.#streams = streams;
    this.#queries = new SqliteQueries(db);
    this.stream = new SqliteStream(db);
    this.#get = db.prepare(
      'SELECT body FROM rows WHERE pk = ? AND sk = ? AND (ttl IS NULL OR ttl > ?)',
    );
    this.#put = db.prepare('INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM rows WHERE pk = ? AND sk = ?');
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
  }

  async get(key: Key): Promise<Item | undefined> {
    checkKey(key);
    return this.#load(key);
  }

  async batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]> {
    keys.forEach(checkKey);
    return keys.map((key) => this.#load(key));
  }

  async query(query: Query): Promise<Page> {
    return this.#queries.run(query, unixSeconds(this.#now()));
  }

  async write(writes: readonly Write[]): Promise<void> {
    checkWrites(writes);
    if (writes.length === 0) return;
    this.#transact(() => {
      const rows = writes.map((write) => this.#load(keyOf(write)));
      const failed = writes.flatMap((write, n) => (holds(write.when, rows[n]) ? [] : [n]));
      if (failed.length > 0) throw new ConditionFailed(failed);
      return writes.filter((write, n) => this.#apply(write, rows[n])).length;
    });
  }

  async increment(
    key: Key,
    attribute: string,
    { max, ttl }: { max?: number; ttl?: number } = {},
  ): Promise<number | undefined> {
    checkKey(key);
    let value: number | undefined;
    this.#transact(() => {
      const row = this.#load(key);
      const current = numberOf(row, attribute);
      if (max !== undefined && current >= max) return 0;
      value = current + 1;
      const set = { [attribute]: value, ...(ttl === undefined ? {} : { ttl }) };
      const next = applyUpdate(row, { op: 'update', key, set });
      checkItem(next);
      return Number(this.#store(next, row));
    });
    return value;
  }

  /** Deletes the rows whose time has passed; answers how many. */
  sweep(): number {
    const sweep = this.#db.prepare('DELETE FROM rows WHERE ttl <= ?');
    return Number(sweep.run(unixSeconds(this.#now())).changes);
  }

  close(): void {
    this.#db.close();
  }

  #load({ pk, sk }: Key): Item | undefined {
    const found = this.#get.get(pk, sk, unixSeconds(this.#now()));
    return found && JSON.parse(String(found.body));
  }

  /** Runs a change that answers how many stream records it wrote, all of it or nothing. */
  #transact(change: () => number): void {
    this.#begin.run();
    let streamed: number;
    try {
      streamed = change();
      this.#commit.run();
    } catch (error) {
      if (this.#db.isTransaction) this.#rollback.run();
      throw error;
    }
    if (streamed > 0) this.stream.announce();
  }

  #apply(write: Write, row: Item | undefined): boolean {
    if (write.op === 'put') return this.#store(write.item, row);
    if (write.op === 'delete') this.#delete.run(write.key.pk, write.key.sk);
    if (write.op !== 'update') return false;
    const next = applyUpdate(row, write);
    checkSize(next);
    return this.#store(next, row);
  }

  /** True when the change also went into the stream. */
  #store(item: Item, before: Item | undefined): boolean {
    const body = JSON.stringify(item);
    const gsi1 = indexKey(item.gsi1pk, item.gsi1sk);
    const gsi2 = indexKey(item.gsi2pk, item.gsi2sk);
    const ttl = typeof item.ttl === 'number' ? item.ttl : null;
    this.#put.run(item.pk, item.sk, ...gsi1, ...gsi2, ttl, body);
    if (!this.#streams(item)) return false;
    this.stream.append(before ? 'MODIFY' : 'INSERT', this.#now(), body);
    return true;
  }
}

/** A row is in an index when it has both of its keys. */
const indexKey = (pk: unknown, sk: unknown): [string | null, string | null] =>
  typeof pk === 'string' && typeof sk === 'string' ? [pk, sk] : [null, null];
