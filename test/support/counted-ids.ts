import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';

const RANDOM_PART = 16;

/** Ids and secrets that are the same in every run: a ULID whose random part counts up. */
export class CountedIds {
  #ids = 0;
  #secrets = 0;

  /** Sorts by time, then in the order of asking. */
  id(prefix: string, now: Date): string {
    this.#ids += 1;
    return `${prefix}_${encodeTime(now.getTime())}${String(this.#ids).padStart(RANDOM_PART, '0')}`;
  }

  secret(bytes: number): string {
    this.#secrets += 1;
    const hash = createHash('shake256', { outputLength: bytes });
    return hash.update(`secret ${this.#secrets}`).digest('base64url');
  }
}
