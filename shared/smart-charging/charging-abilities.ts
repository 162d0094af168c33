import type { Charger } from '#shared/chargers/charger.ts';
import { configuredNumber, configuredValue } from '#shared/configuration/configured-value.ts';
import type { Context } from '#shared/core/context.ts';
import type { Electrics, RateUnit } from '#shared/smart-charging/electrics.ts';

/** What a charger said of the profiles that it takes; undefined where it has not. */
export interface ChargingAbilities {
  readonly units: readonly RateUnit[] | undefined;
  readonly maxStackLevel: number | undefined;
  readonly maxPeriods: number | undefined;
}

const of201 = (variable: string) => ({ component: 'SmartChargingCtrlr', variable });

export async function chargingAbilities(
  ctx: Context,
  { id, ocpp_version }: Pick<Charger, 'id' | 'ocpp_version'>,
): Promise<ChargingAbilities> {
  const is16 = ocpp_version === '1.6';
  const [units, maxStackLevel, maxPeriods] = await Promise.all([
    configuredValue(ctx, id, is16 ? 'ChargingScheduleAllowedChargingRateUnit' : of201('RateUnit')),
    configuredNumber(ctx, id, is16 ? 'ChargeProfileMaxStackLevel' : of201('ProfileStackLevel')),
    configuredNumber(ctx, id, is16 ? 'ChargingScheduleMaxPeriods' : of201('PeriodsPerSchedule')),
  ]);
  return { units: unitsIn(units), maxStackLevel, maxPeriods };
}

/** 1.6 says Current and Power, 2.0.1 A and W; chargers mix them. */
function unitsIn(value: string | undefined): RateUnit[] | undefined {
  const words = (value ?? '').split(',').map((word) => word.trim().toLowerCase());
  const units: RateUnit[] = [
    ...(words.some((word) => word === 'power' || word === 'w') ? ['W' as const] : []),
    ...(words.some((word) => word === 'current' || word === 'a') ? ['A' as const] : []),
  ];
  return units.length > 0 ? units : undefined;
}

/** The unit a charger is told a limit in: as it was meant where it takes that, else the other one. */
export function unitFor(
  meant: RateUnit,
  { units }: Pick<ChargingAbilities, 'units'>,
  { current }: Electrics,
): RateUnit {
  if (!units) return current === 'dc' ? 'W' : 'A';
  return units.includes(meant) ? meant : (units[0] ?? meant);
}

/** Until a charger has told its highest stack level, this one is taken to be good. */
const ASSUMED_LEVEL = 1;

/** The level that we keep for ourselves: the highest, so that a limit of ours leads. */
export const platformLevel = ({ maxStackLevel }: ChargingAbilities): number =>
  maxStackLevel ?? ASSUMED_LEVEL;

/** The highest level that a caller may use. A charger with one level has it for both. */
export const callerLevel = (abilities: ChargingAbilities): number =>
  Math.max(0, platformLevel(abilities) - 1);
