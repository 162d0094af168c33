import type { LiveSession } from '#shared/sessions/session.ts';

export type Sequence = Pick<LiveSession, 'last_seq' | 'missing_seq'>;

/** A session with more holes than this is beyond listing them. */
const MOST_HOLES = 100;

/** Whether a numbered report has been taken already: a repeat is acknowledged and changes nothing. */
export const isRepeat = (
  { last_seq: last, missing_seq: missing }: Sequence,
  seq: number | undefined,
): boolean => seq !== undefined && last !== null && seq <= last && !missing.includes(seq);

/** Whether later reports were taken before this one: what it says of the present is no longer so. */
export const isLate = ({ last_seq: last }: Sequence, seq: number | undefined): boolean =>
  seq !== undefined && last !== null && seq < last;

/** The sequence after one more number: holes open where it jumps, and close where it fills them. */
export function withSequence(
  { last_seq: last, missing_seq: missing }: Sequence,
  seq: number | undefined,
): Sequence {
  if (seq === undefined) return { last_seq: last, missing_seq: missing };
  if (last !== null && seq <= last)
    return { last_seq: last, missing_seq: missing.filter((n) => n !== seq) };
  const from = last === null ? 0 : last + 1;
  const holes = Array.from({ length: Math.min(seq - from, MOST_HOLES) }, (_, i) => from + i);
  return { last_seq: seq, missing_seq: [...missing, ...holes].slice(0, MOST_HOLES) };
}
