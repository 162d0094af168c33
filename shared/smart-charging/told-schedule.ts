import { kwOfW } from '#shared/core/units.ts';
import type { SchedulePeriod, StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import {
  ampsOf,
  type Electrics,
  inTenths,
  type RateUnit,
  wattsOf,
} from '#shared/smart-charging/electrics.ts';

/** A limit from a moment on, in the unit it was meant in. */
export interface Meant {
  readonly start_seconds: number;
  readonly limit: number;
  readonly unit: RateUnit;
  readonly phases: number | null;
}

/**
 * A period as a charger is told it, in `unit`, and as we show it, in both. Undefined where the one does
 * not follow from the other: the voltage is not known.
 */
export function toldPeriod(
  { start_seconds, limit, unit: meant, phases }: Meant,
  unit: RateUnit,
  electrics: Electrics,
): SchedulePeriod | undefined {
  const told = convert(limit, meant, unit, electrics, phases);
  if (told === null) return undefined;
  return shownPeriod({ start_seconds, limit: inTenths(told), unit, phases }, electrics);
}

/** A limit that a charger was told, or told us, in both units. */
export function shownPeriod(
  { start_seconds, limit, unit, phases: given }: Meant,
  electrics: Electrics,
): SchedulePeriod {
  const isPerPhase = unit === 'A' && electrics.current === 'ac';
  const phases = given ?? (isPerPhase ? electrics.phases : null);
  const watts = wattsOf(limit, unit, electrics, phases);
  const amps = unit === 'A' ? limit : ampsOf(limit, electrics, phases);
  return {
    start_seconds,
    limit_kw: unit === 'W' ? limit / 1000 : watts === null ? null : kwOfW(watts),
    limit_a: amps === null ? null : Math.round(amps * 10) / 10,
    phases,
  };
}

function convert(
  limit: number,
  from: RateUnit,
  to: RateUnit,
  electrics: Electrics,
  phases: number | null,
): number | null {
  if (from === to) return limit;
  return from === 'W' ? ampsOf(limit, electrics, phases) : wattsOf(limit, from, electrics, phases);
}

/** What went over the wire: watts or amperes, one decimal. */
export function toldLimit(
  { unit }: Pick<StoredProfile, 'unit'>,
  { limit_kw, limit_a }: Pick<SchedulePeriod, 'limit_kw' | 'limit_a'>,
): number {
  return unit === 'kw' ? Math.round((limit_kw ?? 0) * 10_000) / 10 : (limit_a ?? 0);
}

export const unitName = (unit: RateUnit): 'kw' | 'a' => (unit === 'W' ? 'kw' : 'a');
