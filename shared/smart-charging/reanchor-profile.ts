import { completeChargers, findCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import { profileCommand, queueCalls } from '#shared/smart-charging/queue-profile.ts';
import { lastBeginning } from '#shared/smart-charging/recurrence.ts';

/** Seconds a charger that is away has to come back and be told. */
const WAITS_S = 7 * 86_400;

/**
 * Clocks have been changed, so that the profile begins at another instant each day: the charger is told
 * it anew. One that has been replaced or cleared since is left alone.
 */
export async function reanchorProfile(
  ctx: Context,
  chargerId: string,
  number: number,
  profileId: string,
): Promise<void> {
  const item = await ctx.table.get(keys.chargingProfile(ctx.tenantId, chargerId, number));
  const known = item && StoredProfile.parse(item);
  if (known?.id !== profileId || known.local_time === null || known.timezone === null) return;
  const { local_time, weekday, timezone } = known;
  const starts_at = lastBeginning({ local_time, weekday, timezone }, ctx.now().getTime());
  const at = isoNow(ctx);
  const profile: StoredProfile = {
    ...known,
    id: ctx.newId('chp'),
    starts_at,
    created_at: at,
    updated_at: at,
  };
  const evse = await evseOf(ctx, profile);
  if (evse !== undefined) await queueCalls(ctx, profileCommand(profile, evse, WAITS_S));
}

async function evseOf(
  ctx: Context,
  { charger_id, connector }: StoredProfile,
): Promise<number | undefined> {
  const charger = await findCharger(ctx, charger_id);
  const [whole] = charger ? await completeChargers(ctx, [charger]) : [];
  if (!whole) return undefined;
  if (connector === null) return 0;
  const found = whole.connectors.find((c) => c.id === connector);
  return found && (found.evse_id ?? found.id);
}
