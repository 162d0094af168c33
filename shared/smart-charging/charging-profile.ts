import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

export const SchedulePeriod = z
  .object({
    start_seconds: z.int().nonnegative().meta({ description: 'From the start of the schedule.' }),
    limit_kw: z.number().nullable(),
    limit_a: z.number().nullable().meta({ description: 'Per phase.' }),
    phases: z.int().nullable(),
  })
  .meta({
    id: 'ChargingSchedulePeriod',
    description:
      'A limit until the next period. In kW and A; one is null where the voltage is not known.',
  });
export type SchedulePeriod = z.infer<typeof SchedulePeriod>;

export const ProfilePurpose = z.enum(['charger_max', 'default', 'session', 'external']).meta({
  id: 'ChargingProfilePurpose',
  description:
    '`charger_max`: of the whole charger. `default`: of a session without a profile of its own. `session`: of one session. `external`: set by somebody else than the operator.',
});
export type ProfilePurpose = z.infer<typeof ProfilePurpose>;

/** Who else than we may limit a charger. */
export const LimitSource = z
  .enum(['operator', 'ems', 'grid_operator', 'other'])
  .meta({ id: 'ChargingLimitSource', description: '`ems`: an energy management system on site.' });
export type LimitSource = z.infer<typeof LimitSource>;

/** A charging profile that is believed to be in a charger. */
export const ChargingProfile = z
  .object({
    id: z.string().meta({ example: 'chp_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    number: z.int().meta({ description: 'What the charger calls it.' }),
    status: z.enum(['applied', 'rejected']),
    charger_id: z.string(),
    connector: z.int().nullable().meta({ description: 'Null: the whole charger.' }),
    purpose: ProfilePurpose,
    stack_level: z
      .int()
      .meta({ description: 'Within a purpose the highest one that is valid leads.' }),
    kind: z.enum(['absolute', 'relative', 'recurring']),
    recurrence: z.enum(['daily', 'weekly']).nullable(),
    local_time: z
      .string()
      .nullable()
      .meta({ description: 'Recurs at this time of day at its site.' }),
    weekday: z.string().nullable(),
    valid_from: z.string().nullable(),
    valid_to: z.string().nullable(),
    starts_at: z.string().nullable(),
    duration_seconds: z.int().nullable(),
    unit: z.enum(['kw', 'a']).meta({ description: 'What the charger was told its limits in.' }),
    periods: z.array(SchedulePeriod),
    min_rate_kw: z.number().nullable(),
    min_rate_a: z.number().nullable(),
    session_id: z.string().nullable(),
    set_by: z.enum(['request', 'power_limit', 'vehicle_needs', 'charger']).meta({
      description: '`charger`: it was found there.',
    }),
    source: LimitSource,
    command_id: z.string().nullable(),
    livemode: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
    resource_version: z.int(),
  })
  .meta({ id: 'ChargingProfile', description: 'A limit over time that a charger follows.' });
export type ChargingProfile = z.infer<typeof ChargingProfile>;

/** As it lies in its row. */
export const StoredProfile = ChargingProfile.extend({
  transaction_id: z.string().nullable().default(null),
  timezone: z.string().nullable().default(null),
  /** The number of the report that told of it last. */
  reported_in: z.int().nullable().default(null),
});
export type StoredProfile = z.infer<typeof StoredProfile>;

export const profileView = (stored: StoredProfile): ChargingProfile =>
  ChargingProfile.parse(stored);

/** Those believed to be in a charger; one whose time is over has gone by itself. */
export async function findProfiles(ctx: Context, chargerId: string): Promise<StoredProfile[]> {
  const rows = await readAll(ctx, keys.chargingProfilesOf(ctx.tenantId, chargerId));
  return rows.map((row) => StoredProfile.parse(row));
}

export const profileItem = (ctx: Context, profile: StoredProfile): Item => ({
  ...profile,
  ...keys.chargingProfile(ctx.tenantId, profile.charger_id, profile.number),
  ...(profile.valid_to ? { ttl: Math.floor(Date.parse(profile.valid_to) / 1000) } : {}),
});

/** Two profiles of one slot cannot be in a charger at a time: the later replaces the earlier. */
export const sameSlot = (a: Slot, b: Slot): boolean =>
  a.purpose === b.purpose &&
  a.connector === b.connector &&
  a.stack_level === b.stack_level &&
  a.session_id === b.session_id;
type Slot = Pick<StoredProfile, 'purpose' | 'connector' | 'stack_level' | 'session_id'>;
