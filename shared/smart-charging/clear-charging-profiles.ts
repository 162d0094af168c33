import * as z from 'zod';
import type { StoredCommand } from '#shared/commands/command.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { findProfiles, type StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import { unfit } from '#shared/smart-charging/new-charging-profile.ts';
import { queueCalls } from '#shared/smart-charging/queue-profile.ts';
import { requireSmartCharging } from '#shared/smart-charging/require-smart-charging.ts';

/** Which profiles are meant; those that all of it fits. */
export const Criteria = z.object({
  /** As the charger calls it: then nothing else counts. */
  number: z.int().optional(),
  purpose: z.enum(['charger_max', 'default', 'session']).optional(),
  /** 0 is the whole charger. */
  connector: z.int().optional(),
  evse_id: z.int().optional(),
  stack_level: z.int().optional(),
});
export type Criteria = z.infer<typeof Criteria>;

export interface Asked {
  readonly id?: string | undefined;
  readonly purpose?: Criteria['purpose'];
  readonly connector?: number | undefined;
  readonly stack_level?: number | undefined;
}

/**
 * Asks a charger to forget profiles; answers the command's id. Throws not_found,
 * charger_not_registered, capability_not_supported, validation_failed.
 */
export async function clearChargingProfiles(
  ctx: Context,
  chargerId: string,
  { id, purpose, connector, stack_level }: Asked,
  expiresInSeconds?: number,
): Promise<string> {
  const { connectors } = await requireSmartCharging(ctx, chargerId);
  const number = id === undefined ? undefined : await numberOf(ctx, chargerId, id);
  const place =
    connector === undefined || connector === 0
      ? { connector, evse_id: connector }
      : connectorPlace(connectors, connector);
  const criteria = number === undefined ? { purpose, stack_level, ...place } : { number };
  return queueCalls(ctx, clearing(chargerId, criteria, expiresInSeconds));
}

/** The call that makes a charger forget what fits. */
export const clearing = (chargerId: string, criteria: Criteria, expiresInSeconds?: number) => ({
  type: 'clear_charging_profiles',
  chargerId,
  connector: criteria.connector || null,
  input: { ...criteria },
  serves: { kind: 'charging_profiles', id: chargerId },
  ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
});

async function numberOf(ctx: Context, chargerId: string, id: string): Promise<number> {
  const found = (await findProfiles(ctx, chargerId)).find((profile) => profile.id === id);
  if (!found) throw unfit('id', 'not_found', 'No such profile is known of this charger.');
  return found.number;
}

/**
 * A charger has forgotten profiles, or had none that fit: neither have we. What it agreed to after that
 * stays.
 */
export async function profilesCleared(ctx: Context, command: StoredCommand): Promise<void> {
  if (command.type !== 'clear_charging_profiles' || command.status !== 'completed') return;
  const criteria = Criteria.parse(command.input);
  const until = command.answered_at ?? isoNow(ctx);
  const known = await findProfiles(ctx, command.charger_id);
  const gone = known.filter((one) => one.updated_at <= until && isMeant(one, criteria));
  await forget(ctx, gone);
}

const isMeant = (one: StoredProfile, { number, purpose, connector, stack_level }: Criteria) =>
  number === undefined
    ? // A charger clears what we may set, not what others hold it to (2.0.1 K10.FR.06).
      one.purpose !== 'external' &&
      (purpose === undefined || one.purpose === purpose) &&
      (connector === undefined || (one.connector ?? 0) === connector) &&
      (stack_level === undefined || one.stack_level === stack_level)
    : one.number === number;

const AT_ONCE = 50;

/** Takes profiles off our books; one that was set anew meanwhile stays. */
export async function forget(ctx: Context, profiles: readonly StoredProfile[]): Promise<void> {
  for (let i = 0; i < profiles.length; i += AT_ONCE)
    await Promise.all(profiles.slice(i, i + AT_ONCE).map((profile) => forgetOne(ctx, profile)));
}

async function forgetOne(ctx: Context, { charger_id, number, id }: StoredProfile): Promise<void> {
  const key = keys.chargingProfile(ctx.tenantId, charger_id, number);
  try {
    await ctx.table.write([{ op: 'delete', key, when: { id } }]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
