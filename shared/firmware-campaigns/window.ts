import * as z from 'zod';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/** Hours of the day in which updates may begin, by the clock of each charger's site. */
export const Window = z
  .object({
    from: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .meta({ example: '23:00' }),
    to: z
      .string()
      .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
      .meta({
        description: 'Not included; `24:00` is midnight. Before `from`, it is of the day after.',
        example: '05:00',
      }),
    weekdays: z
      .array(z.enum(DAYS))
      .min(1)
      .max(7)
      .default([...DAYS])
      .meta({ description: 'The days on which it opens.', example: ['mon', 'tue', 'wed', 'thu'] }),
  })
  .refine(({ from, to }) => from !== to, { message: 'It never opens.', path: ['to'] })
  .meta({ id: 'UpdateWindow' });
export type Window = z.output<typeof Window>;

/** Whether it is open at this instant where the clocks go by this IANA zone. */
export function isOpen({ from, to, weekdays }: Window, zone: string, at: Date): boolean {
  const { day, minutes } = wallClock(zone, at);
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  const on = (n: number) => weekdays.some((name) => DAYS.indexOf(name) === (n + 7) % 7);
  if (opens < closes) return on(day) && minutes >= opens && minutes < closes;
  return (on(day) && minutes >= opens) || (on(day - 1) && minutes < closes);
}

/** The first instant after this one at which it is open, or this one. */
export function nextOpening(window: Window, zone: string, at: Date): Date {
  if (isOpen(window, zone, at)) return at;
  const opens = minutesOf(window.from);
  const start = wallClock(zone, at).minutes;
  for (let days = 0; days <= 8; days += 1) {
    // As if no clock were changed meanwhile; where one is, the opening is up to an hour beside it.
    const guess = at.getTime() + (days * DAY_MINUTES + opens - start) * MINUTE_MS;
    const found = firstOpenFrom(window, zone, Math.max(guess - 2 * 60 * MINUTE_MS, at.getTime()));
    if (found) return found;
  }
  throw new Error('A window with a weekday opens within a week.');
}

/** Of the next four hours; a clock that is changed moves an opening by an hour or so. */
function firstOpenFrom(window: Window, zone: string, from: number): Date | undefined {
  const first = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
  for (let n = 0; n < 4 * 60; n += 1) {
    const instant = new Date(first + n * MINUTE_MS);
    if (isOpen(window, zone, instant)) return instant;
  }
  return undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string, at: Date): { day: number; minutes: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const names: readonly string[] = DAYS;
  const day = names.indexOf(parts.get('weekday')?.toLowerCase() ?? '');
  return { day, minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
