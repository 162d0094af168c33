import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import type { FileBytes, FileFacts, Files, FileUpload } from '#shared/core/files.ts';

export interface FileStoreOptions {
  /** Holds the bytes, under names of our own making. */
  readonly folder: string;
  /** Knows which bytes are which file's. */
  readonly database: DatabaseSync;
  /** Signs URLs. */
  readonly key: string;
  /** The public base URL. */
  readonly base: string;
}

/** The bytes that came are not those that were announced. */
export class OtherBytes extends Error {
  override readonly name = 'OtherBytes';
}

const Row = z
  .object({ blob: z.string(), size: z.number(), sha256: z.string(), stored_at: z.string() })
  .transform(({ stored_at, ...row }) => ({ ...row, storedAt: stored_at }));
type Row = z.infer<typeof Row>;

/** Files in a folder, as S3 keeps them in a bucket. A path is a key, never a place on the disk. */
export class FileStore implements Files {
  readonly #options: FileStoreOptions;

  constructor(options: FileStoreOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true });
  }

  async acceptExactly(path: string, bytes: FileBytes, seconds: number): Promise<FileUpload> {
    const expires = Math.floor(Date.now() / 1000) + seconds;
    const signed = `${expires}/${bytes.sha256}/${bytes.size}/${path}`;
    return {
      method: 'PUT',
      url: `${this.#options.base}/files/exact/${this.#mac(signed)}/${signed}`,
      headers: {
        'content-length': String(bytes.size),
        'x-amz-checksum-sha256': Buffer.from(bytes.sha256, 'hex').toString('base64'),
      },
      expires_at: new Date(expires * 1000).toISOString(),
    };
  }

  /** What a URL of {@link acceptExactly} says, while it is good. */
  readExact(url: string): { path: string; bytes: FileBytes } | undefined {
    const [, , , mac, expires, sha256 = '', size, ...rest] = url.split('/');
    const path = rest.join('/');
    const isOurs = mac === this.#mac(`${expires}/${sha256}/${size}/${path}`);
    if (!isOurs || Number(expires) * 1000 <= Date.now()) return undefined;
    return { path, bytes: { sha256, size: Number(size) } };
  }

  async head(path: string): Promise<FileFacts | undefined> {
    const row = this.#find(path);
    return row && { size: row.size, sha256: row.sha256, storedAt: row.storedAt };
  }

  /** Stores what comes, in place of what was there, once all of it is there. */
  async put(path: string, from: Readable, expected?: FileBytes): Promise<void> {
    const blob = randomUUID();
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    try {
      await pipeline(from, measure, createWriteStream(this.#fileOf(blob)));
      const sha256 = hash.digest('hex');
      if (expected && (expected.sha256 !== sha256 || expected.size !== size))
        throw new OtherBytes(`${size} bytes with SHA-256 ${sha256} came.`);
      const before = this.#find(path);
      this.#options.database
        .prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)')
        .run(path, blob, size, sha256, new Date().toISOString());
      if (before) this.#remove(before.blob);
    } catch (error) {
      this.#remove(blob);
      throw error;
    }
  }

  /** The bytes from `start` to `end`, both included. */
  read(path: string, range: { start: number; end: number }): Readable {
    const row = this.#find(path);
    if (!row) throw new Error(`There is no file ${path}`);
    return row.size === 0 ? Readable.from([]) : createReadStream(this.#fileOf(row.blob), range);
  }

  #find(path: string): Row | undefined {
    const row = this.#options.database
      .prepare('SELECT blob, size, sha256, stored_at FROM files WHERE path = ?')
      .get(path);
    return row && Row.parse(row);
  }

  #fileOf = (blob: string) => join(this.#options.folder, blob);
  #remove = (blob: string) => rmSync(this.#fileOf(blob), { force: true });
  #mac = (text: string) =>
    createHmac('sha256', this.#options.key).update(`exact\n${text}`).digest('base64url');
}
