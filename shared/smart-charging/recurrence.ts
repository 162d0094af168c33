import { offsetMs } from '#shared/core/zone.ts';
import { WEEKDAYS } from '#shared/smart-charging/new-charging-profile.ts';

const DAY_MS = 86_400_000;

/** A time of day, of every day or of one of the week, where clocks go by this zone. */
export interface WallClock {
  readonly local_time: string;
  readonly weekday: string | null;
  readonly timezone: string;
}

/**
 * When a recurring schedule last began, by the clocks as they stand now. Chargers count 24 hours, or 7
 * days, from there: that is right until clocks are changed, and then it is told anew. In the night of
 * the change the schedule so keeps to the clock: what ends at six ends at six.
 */
export function lastBeginning({ local_time, weekday, timezone }: WallClock, now: number): string {
  const offset = offsetMs(now, timezone);
  const today = new Date(now + offset).toISOString().slice(0, 10);
  const midnight = Date.parse(`${today}T00:00:00Z`);
  const timeOfDay = Date.parse(`1970-01-01T${local_time}:00Z`);
  for (let back = 0; back <= 8; back++) {
    const day = midnight - back * DAY_MS;
    if (weekday !== null && weekdayOf(day) !== weekday) continue;
    const at = day + timeOfDay - offset;
    if (at <= now) return new Date(at).toISOString();
  }
  throw new Error(`No ${weekday ?? 'day'} within a week.`);
}

const weekdayOf = (day: number): string | undefined =>
  WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7];
