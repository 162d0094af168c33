const STRING_AT_MOST = 1000;
const VALUE_AT_MOST = 8 * 1024;
/** Of all values of an entry together: far from the 400 KB of a row, and one write of few units as a rule. */
export const VALUES_AT_MOST = 32 * 1024;

/** Cuts what is too long to be kept, so that it shows, until nothing more may be kept at all. */
export class Scissors {
  #left = VALUES_AT_MOST;
  /** Whether anything was cut. */
  cut = false;

  readonly shorten = (value: unknown): unknown => {
    const text = JSON.stringify(value) ?? 'null';
    const size = Buffer.byteLength(text);
    const short = typeof value === 'string' ? this.#string(value) : value;
    const kept = typeof value === 'string' ? Buffer.byteLength(String(short)) : size;
    if (kept > VALUE_AT_MOST || kept > this.#left) {
      this.cut = true;
      return `[cut: ${size} bytes]`;
    }
    this.#left -= kept;
    return short;
  };

  #string(text: string): string {
    if (text.length <= STRING_AT_MOST) return text;
    this.cut = true;
    return `${text.slice(0, STRING_AT_MOST)}… [cut: ${text.length} characters]`;
  }
}
