import { createHash, randomBytes } from 'node:crypto';
import { ulid } from 'ulid';

/** `prefix_` + 26-character ULID of this instant. */
export const makeId = (prefix: string, now: Date): string => `${prefix}_${ulid(now.getTime())}`;

export const makeSecret = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** How a high-entropy secret is stored: SHA-256, hex. */
export const sha256 = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex');
