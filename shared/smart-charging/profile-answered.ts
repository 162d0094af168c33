import { findCharger } from '#shared/chargers/charger-view.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import { nextClockChange } from '#shared/core/zone.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { findSession } from '#shared/sessions/session-view.ts';
import {
  findProfiles,
  profileItem,
  profileView,
  StoredProfile,
  sameSlot,
} from '#shared/smart-charging/charging-profile.ts';
import { ChargingProfileApplied, ChargingProfileRejected } from '#shared/smart-charging/events.ts';
import { ReanchorProfile } from '#shared/smart-charging/tasks.ts';

/**
 * A charger was asked to follow a profile: from its agreement on we believe that it does, in the place
 * of the one of the same slot. It may be told twice.
 */
export async function profileAnswered(ctx: Context, command: StoredCommand): Promise<void> {
  const applied = command.status === 'completed';
  if (!applied && command.status !== 'rejected' && command.status !== 'failed') return;
  const asked = StoredProfile.parse(command.input['profile']);
  const profile: StoredProfile = {
    ...asked,
    status: applied ? 'applied' : 'rejected',
    command_id: command.id,
    updated_at: isoNow(ctx),
  };
  const charger = await findCharger(ctx, profile.charger_id);
  const keeps = applied && (await isStillWanted(ctx, profile));
  try {
    await commit(ctx, {
      aggregate: { kind: 'charging_profile', id: profile.id, version: 1 },
      writes: keeps ? await replacing(ctx, profile) : [],
      events: [
        eventOf(ctx, applied ? ChargingProfileApplied : ChargingProfileRejected, {
          id: profile.id,
          version: 1,
          scope: {
            site_id: charger?.site_id ?? null,
            charger_id: profile.charger_id,
            connector: profile.connector,
            session_id: profile.session_id,
          },
          object: profileView(profile),
        }),
      ],
      tasks: keeps ? atClockChange(ctx, profile) : [],
    });
  } catch (error) {
    // It was told before.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** The charger forgot a session's profile with the session. */
async function isStillWanted(ctx: Context, { session_id }: StoredProfile): Promise<boolean> {
  if (session_id === null) return true;
  const whole = await findSession(ctx, session_id);
  return whole !== undefined && whole.live.ended_at === null;
}

async function replacing(ctx: Context, profile: StoredProfile): Promise<Write[]> {
  const { charger_id, number } = profile;
  const known = await findProfiles(ctx, charger_id);
  const gone = known.filter((one) => one.number !== number && sameSlot(one, profile));
  return [
    { op: 'put', item: profileItem(ctx, profile) },
    ...gone.map((one): Write => ({ op: 'delete', key: keyOf(ctx, one) })),
  ];
}

const keyOf = (ctx: Context, { charger_id, number }: StoredProfile) =>
  keys.chargingProfile(ctx.tenantId, charger_id, number);

function atClockChange(
  ctx: Context,
  { charger_id, number, id, timezone }: StoredProfile,
): DueTask[] {
  const change = timezone === null ? undefined : nextClockChange(ctx.now().getTime(), timezone);
  if (change === undefined) return [];
  const payload = { charger_id, number, profile_id: id };
  return [dueTask(ctx, ReanchorProfile, payload, new Date(change).toISOString())];
}
