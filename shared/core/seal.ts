import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/** What a sealed text is for. Nothing sealed for one purpose or binding opens for another. */
export interface Sealing {
  /** The deployment's secret; every purpose has a key of its own, derived from it. */
  readonly secret: string;
  readonly purpose: string;
  /** Not part of the sealed text; must be the same when it is opened. */
  readonly binding: string;
}

const ALGORITHM = 'aes-256-gcm';
/** Random bytes, fresh for every text. */
export const SEAL_NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Text that only this deployment can read or make. `nonce` is base64url. */
export function seal(sealing: Sealing, nonce: string, text: string): string {
  const iv = Buffer.from(nonce, 'base64url');
  const cipher = createCipheriv(ALGORITHM, keyOf(sealing), iv);
  cipher.setAAD(Buffer.from(sealing.binding));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The text again; undefined where it was tampered with, cut short, or sealed for something else. */
export function unseal(sealing: Sealing, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  const head = SEAL_NONCE_BYTES + TAG_BYTES;
  if (bytes.length < head) return undefined;
  const decipher = createDecipheriv(ALGORITHM, keyOf(sealing), bytes.subarray(0, SEAL_NONCE_BYTES));
  decipher.setAAD(Buffer.from(sealing.binding));
  decipher.setAuthTag(bytes.subarray(SEAL_NONCE_BYTES, head));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(head)), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}

const keyOf = ({ secret, purpose }: Sealing) =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
