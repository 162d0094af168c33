import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { decodeTime, encodeTime, ulid } from 'ulid';

/** `prefix_` + 26-character ULID of this instant. */
export const makeId = (prefix: string, now: Date): string =>
  `${prefix}_${ulid(now.getTime(), randomShare)}`;

/** The library would ask the system for each of an id's sixteen characters; this asks for many at a time. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** 0 to 1 by a random byte: of its 256 values eight fall on each of a ULID's 32 characters. */
function randomShare(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return (pool[used++] ?? 0) / 256;
}

const ULID = /^[a-z]+_([0-7][0-9A-HJKMNP-TV-Z]{25})$/;
const TIME_CHARACTERS = 10;

/** When an id was made, milliseconds since 1970; undefined for what is no id of ours. */
export function timeOfId(id: string): number | undefined {
  const [, text] = ULID.exec(id) ?? [];
  return text === undefined ? undefined : decodeTime(text);
}

/** An id that nobody has: every one that is made at this instant or later sorts after it. */
export const lowestIdAt = (prefix: string, ms: number): string =>
  `${prefix}_${encodeTime(Math.max(0, ms), TIME_CHARACTERS)}${'0'.repeat(16)}`;

export const makeSecret = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** How a high-entropy secret is stored: SHA-256, hex. */
export const sha256 = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex');
