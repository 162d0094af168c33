import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type {
  TrafficChunk,
  TrafficLine,
  TrafficLog,
  TrafficRange,
} from '#shared/core/traffic-log.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS traffic (
    n INTEGER PRIMARY KEY AUTOINCREMENT, log TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS traffic_by_time ON traffic (log, at, n);
  CREATE INDEX IF NOT EXISTS traffic_by_age ON traffic (at);
`;
/** Lines wait this long for company: a transaction for each would cost more than all else of a heartbeat. */
const FLUSH_AFTER_MS = 50;
const FLUSH_AT = 500;
const PRUNE_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface SqliteTrafficLogOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly now: () => Date;
  readonly keptDays?: number;
}

interface Waiting extends TrafficLine {
  readonly log: string;
}

/** Raw traffic in a table of its own, for the local host and for tests. Opened when first written or read. */
export class SqliteTrafficLog implements TrafficLog {
  readonly #options: SqliteTrafficLogOptions;
  #opened: DatabaseSync | undefined;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #prunedAt = 0;

  constructor(options: SqliteTrafficLogOptions) {
    this.#options = options;
  }

  async append(log: string, lines: readonly TrafficLine[]): Promise<void> {
    this.#waiting.push(...lines.map((line) => ({ log, ...line })));
    if (this.#waiting.length >= FLUSH_AT) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH_AFTER_MS).unref();
  }

  async newest(log: string, { from = 0, to, limit, cursor }: TrafficRange): Promise<TrafficChunk> {
    this.#flush();
    const [at, n] = cursor?.split(':').map(Number) ?? [];
    const last = Math.min(to ?? Number.MAX_SAFE_INTEGER, at ?? Number.MAX_SAFE_INTEGER);
    const rows = this.#database
      .prepare(
        `SELECT n, at, text FROM traffic WHERE log = ? AND at BETWEEN ? AND ? AND (at < ? OR n < ?)
         ORDER BY at DESC, n DESC LIMIT ?`,
      )
      .all(log, from, last, last, n ?? Number.MAX_SAFE_INTEGER, limit + 1);
    const found = Rows.parse(rows);
    const lines = found.slice(0, limit);
    const oldest = lines.at(-1);
    const more = found.length > limit && oldest;
    return { lines, ...(more ? { cursor: `${oldest.at}:${oldest.n}` } : {}) };
  }

  /** Writes what waits, and lets go of the file. */
  close(): void {
    this.#flush();
    this.#opened?.close();
    this.#opened = undefined;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#waiting;
    this.#waiting = [];
    if (lines.length === 0) return;
    const db = this.#database;
    const insert = db.prepare('INSERT INTO traffic (log, at, text) VALUES (?, ?, ?)');
    db.exec('BEGIN IMMEDIATE');
    for (const { log, at, text } of lines) insert.run(log, at, text);
    db.exec('COMMIT');
    this.#prune(db);
  }

  #prune(db: DatabaseSync): void {
    const now = this.#options.now().getTime();
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return;
    this.#prunedAt = now;
    const kept = (this.#options.keptDays ?? 30) * DAY_MS;
    db.prepare('DELETE FROM traffic WHERE at < ?').run(now - kept);
  }

  get #database(): DatabaseSync {
    if (this.#opened) return this.#opened;
    const db = new DatabaseSync(this.#options.path, { timeout: 5000 });
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
    this.#opened = db;
    return db;
  }
}

const Rows = z.array(z.object({ n: z.number(), at: z.number(), text: z.string() }));
