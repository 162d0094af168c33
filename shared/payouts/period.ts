import { offsetMs } from '#shared/core/zone.ts';

/** Calendar days, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** When a day begins in a time zone. */
export function startOfDay(day: string, timezone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offsetMs(midnight, timezone);
  return new Date(midnight - offsetMs(guess, timezone)).toISOString();
}

/** The instants of a period: from the first on, before the last. */
export const instantsOf = ({ from, to }: Period, timezone: string) => ({
  issued_after: startOfDay(from, timezone),
  issued_before: startOfDay(nextDay(to), timezone),
});

/** The calendar month in which an instant lies. */
export function monthOf(at: Date, timezone: string): Period {
  const local = new Date(at.getTime() + offsetMs(at.getTime(), timezone));
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()];
  const day = (date: number) => new Date(date).toISOString().slice(0, 10);
  return { from: day(Date.UTC(year, month, 1)), to: day(Date.UTC(year, month + 1, 0)) };
}

/** How many days a period has; less than 1 where it ends before it begins. */
export const daysOf = ({ from, to }: Period): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

const DAY_MS = 86_400_000;
const nextDay = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
