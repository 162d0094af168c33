const LONGEST_WAIT_S = 20;

/**
 * The seconds of `Prefer: wait=N` (RFC 7240 4.3), at most 20; 0 where none is asked for. A preference
 * that cannot be read is no preference.
 */
export function readWait(headers: Readonly<Record<string, string>>): number {
  const preferences = (headers['prefer'] ?? '').split(/[,;]/);
  const seconds = preferences
    .map((text) => /^\s*wait\s*=\s*"?(\d{1,6})"?\s*$/i.exec(text)?.[1])
    .find((text) => text !== undefined);
  return Math.min(Number(seconds ?? 0), LONGEST_WAIT_S);
}
