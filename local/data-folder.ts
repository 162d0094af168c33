import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const LOCK_FILE = 'lock.db';
const OWNER_FILE = 'owner';
const DATABASE_FILE = 'magma.db';
const FILES_FOLDER = 'files';
const AUTHORITY_FOLDER = 'ca';
const MAIL_FOLDER = 'mail';
/** A host that was killed a moment ago may still be going. */
const PATIENCE_MS = 3000;

/** The folder is in use, or cannot be used. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

export interface DataFolder {
  readonly path: string;
  readonly database: string;
  /** Where files too large for it are. */
  readonly files: string;
  /** Where the keys of its certificate authority are. */
  readonly authority: string;
  /** Where the letters are that it would have sent. */
  readonly mail: string;
  /** Tells the next one who asks where this host is. */
  announce(url: string): void;
  release(): void;
}

/**
 * Takes the folder for this process alone. The lock is the operating system's, on an open file, so
 * that it goes with the process however that ends: there are no stale locks.
 */
export function takeDataFolder(
  folder: string,
  { reset = false, patienceMs = PATIENCE_MS } = {},
): DataFolder {
  const path = resolve(folder);
  const lock = lockIn(path, patienceMs);
  const owner = join(path, OWNER_FILE);
  const database = join(path, DATABASE_FILE);
  const files = join(path, FILES_FOLDER);
  const mail = join(path, MAIL_FOLDER);
  if (reset) {
    for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true });
    for (const each of [files, mail]) rmSync(each, { recursive: true, force: true });
  }
  writeFileSync(owner, `process ${process.pid}`);
  return {
    path,
    database,
    files,
    mail,
    authority: join(path, AUTHORITY_FOLDER),
    announce: (url) => writeFileSync(owner, `${url}, process ${process.pid}`),
    release: () => {
      rmSync(owner, { force: true });
      lock.close();
    },
  };
}

function lockIn(path: string, patienceMs: number): DatabaseSync {
  let lock: DatabaseSync;
  try {
    mkdirSync(path, { recursive: true });
    lock = new DatabaseSync(join(path, LOCK_FILE), { timeout: patienceMs });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DataFolderError(`The data folder ${path} cannot be used: ${why}`);
  }
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    throw new DataFolderError(
      `Another host runs on ${path} (${ownerOf(path)}). Stop it, or choose another --data-dir.`,
    );
  }
}

function ownerOf(path: string): string {
  try {
    return readFileSync(join(path, OWNER_FILE), 'utf8');
  } catch {
    return 'which is just starting';
  }
}
