import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Item } from '#shared/core/table.ts';

/** One change as a stream reader sees it: the row after it. */
export interface StreamRecord {
  /** Rises with every record and is never given twice. */
  readonly seq: number;
  readonly change: 'INSERT' | 'MODIFY';
  /** Milliseconds since 1970, when it was committed. */
  readonly at: number;
  readonly item: Item;
}

/** The changes of a SqliteTable in the order of their commits, each written in its own transaction. */
export class SqliteStream {
  readonly #append: StatementSync;
  readonly #read: StatementSync;
  readonly #checkpoint: StatementSync;
  readonly #save: StatementSync;
  readonly #prune: StatementSync;
  readonly #listeners = new Set<() => void>();

  constructor(db: DatabaseSync) {
    this.#append = db.prepare('INSERT INTO stream (change, at, body) VALUES (?, ?, ?)');
    this.#read = db.prepare(
      'SELECT seq, change, at, body FROM stream WHERE seq > ? ORDER BY seq LIMIT ?',
    );
    this.#checkpoint = db.prepare('SELECT seq FROM checkpoints WHERE reader = ?');
    this.#save = db.prepare(
      'INSERT INTO checkpoints VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)',
    );
    this.#prune = db.prepare(
      'DELETE FROM stream WHERE seq <= (SELECT min(seq) FROM checkpoints) AND at < ?',
    );
  }

  /** Up to `limit` records after this one. */
  read(afterSeq: number, limit: number): StreamRecord[] {
    return this.#read.all(afterSeq, limit).map(({ seq, change, at, body }) => ({
      seq: Number(seq),
      change: change === 'INSERT' ? 'INSERT' : 'MODIFY',
      at: Number(at),
      item: JSON.parse(String(body)),
    }));
  }

  /** The last record this reader is done with; 0 for a new one. */
  checkpoint(reader: string): number {
    return Number(this.#checkpoint.get(reader)?.seq ?? 0);
  }

  /** Never moves back. Counts for `prune` from the first call on, so each reader saves one at start. */
  saveCheckpoint(reader: string, seq: number): void {
    this.#save.run(reader, seq);
  }

  /** Deletes what every reader is done with and is older than this; answers how many. */
  prune(before: Date): number {
    return Number(this.#prune.run(before.getTime()).changes);
  }

  /** Called after each commit that added records. A listener only schedules work, and never throws. */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For the table: within its transaction. */
  append(change: StreamRecord['change'], at: Date, body: string): void {
    this.#append.run(change, at.getTime(), body);
  }

  /** For the table: after its commit. */
  announce(): void {
    for (const listener of this.#listeners) listener();
  }
}
