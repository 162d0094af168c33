import { createHash, randomBytes } from 'node:crypto';
import { decodeTime, encodeTime, ulid } from 'ulid';

/** `prefix_` + 26-character ULID of this instant. */
export const makeId = (prefix: string, now: Date): string => `${prefix}_${ulid(now.getTime())}`;

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
