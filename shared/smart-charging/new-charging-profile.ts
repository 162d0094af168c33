import * as z from 'zod';
import { AppError } from '#shared/core/errors.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const kw = z.number().nonnegative().max(10_000);
const amps = z.number().nonnegative().max(10_000);
const PERIODS_AT_MOST = 1024;
const DAY_S = 86_400;

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const Period = z
  .strictObject({
    start_seconds: z.int().min(0).max(31_536_000).meta({
      description: 'From the start of the schedule; 0 for the first, rising from there.',
    }),
    limit_kw: kw.optional().meta({ example: 7.4 }),
    limit_a: amps.optional().meta({ description: 'Per phase.' }),
    phases: z.int().min(1).max(3).nullable().default(null).meta({
      description: 'Phases in use; as the connector is wired where left out.',
    }),
  })
  .meta({ id: 'NewChargingSchedulePeriod', description: 'Either `limit_kw` or `limit_a`.' });

/** What a profile asks for, in nobody's protocol. */
export const NewChargingProfile = z
  .object({
    purpose: z.enum(['charger_max', 'default', 'session']).meta({
      description:
        '`charger_max`: of the whole charger. `default`: of sessions without a profile of their own, on one connector or on all. `session`: of the session under way that `session_id` names.',
    }),
    connector: z.int().min(1).max(999).optional().meta({
      description: 'Of a `default` profile; all connectors where left out.',
    }),
    session_id: z.string().min(1).max(64).optional(),
    stack_level: z.int().min(0).max(1000).default(0).meta({
      description: 'Within a purpose the highest level that is valid leads.',
    }),
    kind: z.enum(['absolute', 'relative', 'recurring']).default('absolute').meta({
      description:
        '`absolute`: from `starts_at` on. `relative`: from the start of each session. `recurring`: every day or week.',
    }),
    recurrence: z.enum(['daily', 'weekly']).optional(),
    starts_at: instant.optional().meta({
      description: 'When the schedule begins; now where left out.',
    }),
    local_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional()
      .meta({
        description:
          'Of a recurring one, in place of `starts_at`: the time of day at its site, whatever its clocks are changed to.',
        example: '22:00',
      }),
    weekday: z.enum(WEEKDAYS).optional().meta({ description: 'With `local_time`, weekly.' }),
    duration_seconds: z.int().min(1).max(31_536_000).optional().meta({
      description: 'How long the schedule lasts; its last period goes on where left out.',
    }),
    valid_from: instant.optional(),
    valid_to: instant.optional().meta({ description: 'The charger forgets it then.' }),
    periods: z.array(Period).min(1).max(PERIODS_AT_MOST),
    min_rate_kw: kw.optional().meta({ description: 'Below this the vehicle charges badly.' }),
    min_rate_a: amps.optional(),
  })
  .meta({ id: 'NewChargingProfile' });
export type NewChargingProfile = z.output<typeof NewChargingProfile>;

export const unfit = (field: string, code: string, message: string): AppError =>
  new AppError('validation_failed', 'Such a profile cannot be set.', {
    errors: [{ field, code, message }],
  });

/** Throws validation_failed for what contradicts itself, or what no charger of any version takes. */
export function checkNewProfile(profile: NewChargingProfile): void {
  checkPlace(profile);
  checkKind(profile);
  checkPeriods(profile);
  const { valid_from, valid_to } = profile;
  if (valid_from && valid_to && valid_to <= valid_from)
    throw unfit('valid_to', 'too_small', 'It must be after `valid_from`.');
}

function checkPlace({ purpose, connector, session_id, kind }: NewChargingProfile): void {
  if (purpose === 'charger_max' && connector !== undefined)
    throw unfit('connector', 'not_allowed', 'A maximum is of the whole charger.');
  if (purpose === 'charger_max' && kind === 'relative')
    throw unfit('kind', 'invalid_value', 'A maximum of the charger follows no session.');
  if (purpose === 'session' && session_id === undefined)
    throw unfit('session_id', 'required', 'Name the session.');
  if (purpose === 'session' && kind === 'recurring')
    throw unfit('kind', 'invalid_value', 'A session does not recur.');
  if (purpose !== 'session' && session_id !== undefined)
    throw unfit('session_id', 'not_allowed', 'Only a `session` profile is of a session.');
}

function checkKind(profile: NewChargingProfile): void {
  const { kind, recurrence, starts_at, local_time, weekday, duration_seconds: lasts } = profile;
  if (kind !== 'recurring') {
    if (recurrence ?? local_time ?? weekday)
      throw unfit('recurrence', 'not_allowed', 'Only a recurring profile has one.');
    if (kind === 'relative' && starts_at)
      throw unfit('starts_at', 'not_allowed', 'A relative profile starts with its session.');
    return;
  }
  if (!recurrence) throw unfit('recurrence', 'required', 'Daily or weekly.');
  if ((starts_at === undefined) === (local_time === undefined))
    throw unfit('local_time', 'required', 'Either `local_time` or `starts_at`.');
  if ((weekday !== undefined) !== (recurrence === 'weekly' && local_time !== undefined))
    throw unfit('weekday', 'required', 'With `local_time`, a weekly profile has one.');
  if (lasts !== undefined && lasts > DAY_S * (recurrence === 'daily' ? 1 : 7))
    throw unfit('duration_seconds', 'too_big', 'It must be over before it recurs.');
}

function checkPeriods({ periods, min_rate_kw, min_rate_a }: NewChargingProfile): void {
  const inKw = periods[0]?.limit_kw !== undefined;
  for (const [i, { start_seconds, limit_kw, limit_a }] of periods.entries()) {
    const field = `periods.${i}`;
    if ((limit_kw === undefined) === (limit_a === undefined))
      throw unfit(field, 'required', 'Either `limit_kw` or `limit_a`.');
    if ((limit_kw !== undefined) !== inKw)
      throw unfit(field, 'invalid_value', 'All limits in the same unit.');
    const before = periods[i - 1]?.start_seconds ?? -1;
    if ((i === 0 && start_seconds !== 0) || start_seconds <= before)
      throw unfit(`${field}.start_seconds`, 'invalid_value', 'Starts at 0 and rises.');
  }
  if (min_rate_kw !== undefined && min_rate_a !== undefined)
    throw unfit('min_rate_a', 'not_allowed', 'Either `min_rate_kw` or `min_rate_a`.');
}
