import * as z from 'zod';
import { StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import { toldLimit } from '#shared/smart-charging/told-schedule.ts';

/** What the commands about charging profiles ask for, in our words, as their rows hold it. */
export const SetProfileInput = z.object({ profile: StoredProfile, evse_id: z.int() });

export const rateUnit = { kw: 'W', a: 'A' } as const;
export const kindName = {
  absolute: 'Absolute',
  relative: 'Relative',
  recurring: 'Recurring',
} as const;
export const recurrencyName = { daily: 'Daily', weekly: 'Weekly' } as const;

/** A schedule as both versions spell it. */
export function scheduleOf(profile: StoredProfile) {
  const { unit, starts_at, duration_seconds, min_rate_kw, min_rate_a } = profile;
  const hasMinimum = min_rate_kw !== null || min_rate_a !== null;
  const minimum = { limit_kw: min_rate_kw, limit_a: min_rate_a };
  return {
    ...(duration_seconds === null ? {} : { duration: duration_seconds }),
    ...(starts_at === null ? {} : { startSchedule: starts_at }),
    chargingRateUnit: rateUnit[unit],
    chargingSchedulePeriod: profile.periods.map((period) => ({
      startPeriod: period.start_seconds,
      limit: toldLimit(profile, period),
      ...(period.phases === null ? {} : { numberPhases: period.phases }),
    })),
    ...(hasMinimum ? { minChargingRate: toldLimit(profile, minimum) } : {}),
  };
}

/** When a profile is good, and how it recurs, as both versions spell it. */
export function validityOf({ kind, recurrence, valid_from, valid_to }: StoredProfile) {
  return {
    chargingProfileKind: kindName[kind],
    ...(recurrence === null ? {} : { recurrencyKind: recurrencyName[recurrence] }),
    ...(valid_from === null ? {} : { validFrom: valid_from }),
    ...(valid_to === null ? {} : { validTo: valid_to }),
  };
}
