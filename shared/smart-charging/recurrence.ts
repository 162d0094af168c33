import { dayOf, instantOf } from '#shared/core/zone.ts';
import { WEEKDAYS } from '#shared/smart-charging/new-charging-profile.ts';

const DAY_MS = 86_400_000;

/** A time of day, of every day or of one of the week, where clocks go by this zone. */
export interface WallClock {
  readonly local_time: string;
  readonly weekday: string | null;
  readonly timezone: string;
}

/**
 * When a recurring schedule last began. Chargers count 24 hours, or 7 days, from there: that is right
 * until clocks are changed, and then it is told anew.
 */
export function lastBeginning({ local_time, weekday, timezone }: WallClock, now: number): string {
  for (let back = 0; back <= 8; back++) {
    const day = dayOf(now - back * DAY_MS, timezone);
    if (weekday !== null && weekdayOf(day) !== weekday) continue;
    const at = instantOf(day, local_time, timezone);
    if (at <= now) return new Date(at).toISOString();
  }
  throw new Error(`No ${weekday ?? 'day'} within a week.`);
}

const weekdayOf = (day: string): string | undefined =>
  WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
