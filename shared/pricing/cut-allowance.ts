import { whOfKwh } from '#shared/core/units.ts';
import { type ChargeCurve, energyAt, instantAt } from '#shared/pricing/charge-curve.ts';
import type { TariffOverride } from '#shared/tariffs/tariff-override.ts';

/** Where the tariff takes over: what lies before, in time and energy, is free. */
export interface Cut {
  readonly at: number;
  readonly wh: number;
  readonly energyInterpolated: boolean;
  readonly instantInterpolated: boolean;
}

type Free = Extract<TariffOverride, { type: 'free' }>;

const exact = { energyInterpolated: false, instantInterpolated: false };

/**
 * Where a free allowance is used up: by the clock or by energy, whichever comes first. Without a
 * limit, or where the session is to stop on expiry, all of it is free: what flows until the stop
 * reaches the charger was never sold. Without an allowance the tariff counts from the start.
 */
export function cutAllowance(curve: ChargeCurve, override: TariffOverride | null): Cut {
  if (override?.type !== 'free') return { at: curve.start, wh: 0, ...exact };
  const all: Cut = { at: curve.end, wh: curve.totalWh, ...exact };
  if (override.on_expiry === 'stop') return all;
  const cuts = [cutByTime(curve, override), cutByEnergy(curve, override)];
  const used = cuts.filter((cut) => cut !== undefined);
  return used.reduce((first, cut) => (cut.at < first.at ? cut : first), all);
}

function cutByTime(curve: ChargeCurve, { duration_minutes: minutes }: Free): Cut | undefined {
  if (minutes === undefined) return undefined;
  const at = curve.start + minutes * 60_000;
  if (at >= curve.end) return undefined;
  const { wh, interpolated } = energyAt(curve, at);
  return { at, wh, energyInterpolated: interpolated, instantInterpolated: false };
}

function cutByEnergy(curve: ChargeCurve, { energy_kwh: kwh }: Free): Cut | undefined {
  if (kwh === undefined) return undefined;
  const wh = whOfKwh(kwh);
  const reached = instantAt(curve, wh);
  if (!reached) return undefined;
  const { at, interpolated } = reached;
  return { at, wh, energyInterpolated: false, instantInterpolated: interpolated };
}
