import type { Reading } from '#shared/pricing/receipt.ts';

/** An instant in milliseconds. One that cannot be read counts as the end of the session. */
export const instantOf = (iso: string): number => {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
};

/**
 * Readings as a curve that only rises: in the order of time, one per instant (the highest), and a
 * register that falls back stands still until it passes its old height. So no energy is billed
 * twice and no stretch is ever negative, whatever a charger reports.
 */
export function risingReadings(readings: readonly Reading[]): Reading[] {
  const inTime = readings
    .map((reading) => ({ ms: instantOf(reading.at), reading }))
    .sort((a, b) => compare(a.ms, b.ms) || a.reading.wh - b.reading.wh);
  const curve: { ms: number; reading: Reading }[] = [];
  let highest = 0;
  for (const { ms, reading } of inTime) {
    highest = Math.max(highest, reading.wh);
    if (curve.at(-1)?.ms === ms) curve.pop();
    curve.push({ ms, reading: { at: reading.at, wh: highest } });
  }
  return curve.map(({ reading }) => reading);
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
