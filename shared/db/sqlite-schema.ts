import { DatabaseSync } from 'node:sqlite';

const VERSION = 1;

/**
 * `rows` is the table: a row is its JSON, beside it only what is searched by. SQLite compares text
 * byte by byte in UTF-8, as DynamoDB does. `stream` and `checkpoints` are what DynamoDB Streams is
 * to the cloud.
 */
const SCHEMA = `
  CREATE TABLE rows (
    pk TEXT NOT NULL, sk TEXT NOT NULL,
    gsi1pk TEXT, gsi1sk TEXT, gsi2pk TEXT, gsi2sk TEXT,
    ttl NUMERIC, body TEXT NOT NULL,
    PRIMARY KEY (pk, sk)
  ) WITHOUT ROWID;
  CREATE INDEX rows_gsi1 ON rows (gsi1pk, gsi1sk, pk, sk) WHERE gsi1pk IS NOT NULL;
  CREATE INDEX rows_gsi2 ON rows (gsi2pk, gsi2sk, pk, sk) WHERE gsi2pk IS NOT NULL;
  CREATE INDEX rows_ttl ON rows (ttl) WHERE ttl IS NOT NULL;
  CREATE TABLE stream (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, change TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE TABLE checkpoints (reader TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;

/**
 * Opens the file, or `:memory:`, and lays the schema out where it is new.
 *
 * WAL with synchronous=NORMAL: a commit is in the kernel's page cache before the caller hears of it,
 * so a killed process loses nothing committed, and no commit waits for the disk. Only a power cut can
 * take the last commits, and it leaves the file whole. FULL would buy that for one fsync per
 * commit, on the event loop of a local run.
 */
export function openSqlite(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 5000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const version = db.prepare('PRAGMA user_version').get()?.user_version;
  if (version === 0) db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
  else if (version !== VERSION) {
    db.close();
    throw new Error(`${path} was written by another version of this program (${version}).`);
  }
  return db;
}
