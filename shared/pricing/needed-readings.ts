import { plusSeconds, whOfKwh } from '#shared/core/units.ts';
import type { Reading } from '#shared/pricing/receipt.ts';
import { instantOf, risingReadings } from '#shared/pricing/rising-readings.ts';
import type { TariffOverride } from '#shared/tariffs/tariff-override.ts';

/** Where a price changes: an instant, or Wh since the start. */
export type PriceBoundary = string | number;

/** Where the price of a session changes while it runs. */
export function priceBoundaries(
  chargingStartedAt: string,
  override: TariffOverride | null,
): PriceBoundary[] {
  if (override?.type !== 'free') return [];
  const { duration_minutes: minutes, energy_kwh: kwh } = override;
  return [
    ...(minutes === undefined ? [] : [plusSeconds(chargingStartedAt, minutes * 60)]),
    ...(kwh === undefined ? [] : [whOfKwh(kwh)]),
  ];
}

/**
 * The few readings that give the same price as all of them: the first, the last, and the neighbours
 * of each boundary. It may be applied again to its own answer with later readings added.
 */
export function neededReadings(
  readings: readonly Reading[],
  boundaries: readonly PriceBoundary[],
): Reading[] {
  const curve = risingReadings(readings);
  const needed = new Set([curve.at(0), curve.at(-1)]);
  for (const boundary of boundaries) {
    const isBefore = side(boundary);
    needed.add(curve.findLast(isBefore));
    needed.add(curve.find((reading) => !isBefore(reading)));
  }
  return curve.filter((reading) => needed.has(reading));
}

/**
 * A reading at the instant itself is the sample and lies before it. Of energy the first reading that
 * reaches it counts, so that one lies after it.
 */
function side(boundary: PriceBoundary): (reading: Reading) => boolean {
  if (typeof boundary === 'number') return ({ wh }) => wh < boundary;
  const at = instantOf(boundary);
  return (reading) => instantOf(reading.at) <= at;
}
