import { isTerminal } from '#shared/commands/command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { findProfiles, StoredProfile, sameSlot } from '#shared/smart-charging/charging-profile.ts';
import type { ScheduleOffer } from '#shared/smart-charging/vehicle-plan.ts';

/** By then a profile that the charger took is known to be in it, or is gone again. */
const FOLLOWED_WITHIN_MS = 60_000;

/**
 * The profiles that a vehicle's plan is held to: those believed to be in the charger, and the one just
 * offered. The vehicle may answer it before the charger does, or before its answer has been followed.
 */
export async function profilesInForce(
  ctx: Context,
  chargerId: string,
  offer: ScheduleOffer | null,
): Promise<StoredProfile[]> {
  const known = await findProfiles(ctx, chargerId);
  const offered = offer && (await profileOf(ctx, offer));
  if (!offered) return known;
  const others = known.filter((one) => one.number !== offered.number && !sameSlot(one, offered));
  const own = known.find(({ number }) => number === offered.number);
  return own && own.created_at >= offered.created_at ? known : [...others, offered];
}

async function profileOf(ctx: Context, { command_id }: ScheduleOffer) {
  const command = await findCommand(ctx, command_id);
  if (!command) return undefined;
  const { status, completed_at, input } = command;
  const age = completed_at === null ? 0 : ctx.now().getTime() - Date.parse(completed_at);
  const isFresh = status === 'completed' && age < FOLLOWED_WITHIN_MS;
  return isFresh || !isTerminal(status) ? StoredProfile.parse(input['profile']) : undefined;
}
