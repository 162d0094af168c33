import type { Outcome } from '#shared/commands/settle-command.ts';
import type { ToldSchedule } from '#shared/smart-charging/composite-schedule.ts';

interface Schedule {
  readonly scheduleStart?: string | undefined;
  readonly duration?: number | undefined;
  readonly chargingRateUnit: 'W' | 'A';
  readonly chargingSchedulePeriod: readonly {
    readonly startPeriod: number;
    readonly limit: number;
    readonly numberPhases?: number | undefined;
  }[];
}

const nothing = { chargingRateUnit: 'W', chargingSchedulePeriod: [] } as const;

/** What we make of the schedule at once; it is completed with what is known of the connector after it. */
const AT_ONCE_S = 60;

/** A charger that agrees and tells no schedule is bound by none. */
export function compositeOutcome(
  status: 'Accepted' | 'Rejected',
  told: Schedule | undefined,
): Outcome {
  if (status === 'Rejected')
    return {
      status: 'rejected',
      outcome: 'rejected',
      reason: 'The charger could not tell its schedule.',
    };
  const { scheduleStart, duration, chargingRateUnit, chargingSchedulePeriod }: Schedule =
    told ?? nothing;
  const data: ToldSchedule = {
    starts_at: scheduleStart ?? null,
    duration_seconds: duration ?? null,
    unit: chargingRateUnit,
    periods: chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) => ({
      start_seconds: startPeriod,
      limit,
      phases: numberPhases ?? null,
    })),
  };
  return { status: 'accepted', outcome: 'accepted', data, followUpSeconds: AT_ONCE_S };
}
