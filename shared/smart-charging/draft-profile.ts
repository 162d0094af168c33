import { type Context, isoNow } from '#shared/core/context.ts';
import { type ChargingAbilities, unitFor } from '#shared/smart-charging/charging-abilities.ts';
import { StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import type { Electrics, RateUnit } from '#shared/smart-charging/electrics.ts';
import { unfit } from '#shared/smart-charging/new-charging-profile.ts';
import { type Meant, toldPeriod, unitName } from '#shared/smart-charging/told-schedule.ts';

/** Where a profile applies, and what is known there. */
export interface Ground {
  readonly electrics: Electrics;
  readonly abilities: Pick<ChargingAbilities, 'units'>;
}

export interface MeantSchedule {
  readonly periods: readonly Meant[];
  readonly minimum: { readonly limit: number; readonly unit: RateUnit } | null;
}

type Fields = Pick<
  StoredProfile,
  | 'number'
  | 'charger_id'
  | 'connector'
  | 'purpose'
  | 'stack_level'
  | 'kind'
  | 'recurrence'
  | 'local_time'
  | 'weekday'
  | 'timezone'
  | 'valid_from'
  | 'valid_to'
  | 'starts_at'
  | 'duration_seconds'
  | 'session_id'
  | 'transaction_id'
  | 'set_by'
>;

/**
 * A profile as its charger is told it: limits in a unit that it takes. Throws validation_failed where
 * they cannot be converted: of direct current whose voltage nobody knows.
 */
export function draftProfile(
  ctx: Context,
  fields: Fields,
  { electrics, abilities }: Ground,
  { periods, minimum }: MeantSchedule,
): StoredProfile {
  const unit = unitFor(periods[0]?.unit ?? 'W', abilities, electrics);
  const least =
    minimum && toldPeriod({ ...minimum, start_seconds: 0, phases: null }, unit, electrics);
  const at = isoNow(ctx);
  return StoredProfile.parse({
    ...fields,
    id: ctx.newId('chp'),
    status: 'applied',
    unit: unitName(unit),
    periods: periods.map((meant) => toldPeriod(meant, unit, electrics) ?? cannotConvert()),
    min_rate_kw: least?.limit_kw ?? null,
    min_rate_a: least?.limit_a ?? null,
    source: 'operator',
    command_id: null,
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    resource_version: 1,
  });
}

function cannotConvert(): never {
  throw unfit(
    'periods',
    'invalid_value',
    'This charger takes the other unit, and the voltage of its connector is not known.',
  );
}
