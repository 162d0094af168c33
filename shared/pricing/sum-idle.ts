import type { Charge, ChargeCurve } from '#shared/pricing/charge-curve.ts';
import { instantOf } from '#shared/pricing/rising-readings.ts';

/**
 * Milliseconds of idling between two instants. Stretches count once however they overlap, and not
 * at all where they end before they begin.
 */
export function sumIdle(
  idle: Charge['idle'],
  { start, end }: Pick<ChargeCurve, 'start' | 'end'>,
): number {
  const stretches = idle
    .map(({ from, to }) => ({
      from: Math.max(instantOf(from), start),
      to: Math.min(to === null ? end : instantOf(to), end),
    }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  let total = 0;
  let reached = start;
  for (const { from, to } of stretches) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}
