import { DatabaseSync } from 'node:sqlite';

/**
 * What the host itself must remember, beside the table in the same file: messages on queues, what
 * could not be delivered, its secrets, which bytes are which file's, and what the simulated chargers
 * know.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL,
    visible_at INTEGER NOT NULL, sent_at INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0,
    in_flight INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS messages_due ON messages (queue, in_flight, visible_at);
  CREATE TABLE IF NOT EXISTS dead_letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL,
    receives INTEGER NOT NULL, at INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, blob TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,
    stored_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS simulators (
    identity TEXT PRIMARY KEY, snapshot TEXT NOT NULL
  ) WITHOUT ROWID;
`;

/** A second connection to the table's file; the table must have been opened before. */
export function openHostDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 5000 });
  db.exec(`PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  return db;
}

/** A secret that this data folder keeps: made on the first call. */
export function keptSecret(db: DatabaseSync, name: string, make: () => string): string {
  db.prepare('INSERT OR IGNORE INTO settings VALUES (?, ?)').run(name, make());
  return String(db.prepare('SELECT value FROM settings WHERE name = ?').get(name)?.value);
}
