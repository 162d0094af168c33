import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { chargingAbilities } from '#shared/smart-charging/charging-abilities.ts';
import { findProfiles } from '#shared/smart-charging/charging-profile.ts';
import { allowedAt } from '#shared/smart-charging/effective-limit.ts';
import { electricsOf } from '#shared/smart-charging/electrics.ts';
import { findOutsideLimits } from '#shared/smart-charging/outside-limit.ts';
import { platformProfile } from '#shared/smart-charging/platform-profile.ts';
import { sessionNumber } from '#shared/smart-charging/profile-numbers.ts';
import { profileCommand } from '#shared/smart-charging/queue-profile.ts';
import { ratedWatts } from '#shared/smart-charging/rated-power.ts';
import { type Planned, scheduleForNeeds } from '#shared/smart-charging/schedule-for-needs.ts';
import type { ChargingNeeds, ScheduleOffer } from '#shared/smart-charging/vehicle-plan.ts';

const DAY_S = 86_400;

interface Wanted extends Omit<ScheduleOffer, 'command_id'> {
  readonly needs: ChargingNeeds;
  readonly evseId: number;
}

/** A schedule for a vehicle, and the call that offers it. There is none where no limit is known at all. */
export interface Offered {
  readonly planned: Planned;
  readonly schedule_offer: ScheduleOffer | null;
  readonly writes: readonly Write[];
  readonly tasks: readonly DueTask[];
}

/** Works out what a vehicle may have now. Nothing is written yet: that is the caller's. */
export async function offerSchedule(
  ctx: Context,
  whole: WholeCharger,
  session: WholeSession,
  { needs, evseId, max_periods, is_anew }: Wanted,
): Promise<Offered> {
  const room = { watts: await roomOn(ctx, whole, session), periods: max_periods };
  const planned = scheduleForNeeds(needs, room, ctx.now().getTime());
  const { periods, duration_seconds } = planned;
  if (periods.length === 0) return { planned, schedule_offer: null, writes: [], tasks: [] };
  const abilities = await chargingAbilities(ctx, whole.charger);
  const profile = platformProfile(ctx, whole, abilities, {
    connector: session.session.connector,
    session,
    set_by: 'vehicle_needs',
    periods,
    valid_to: plusSeconds(isoNow(ctx), Math.max(DAY_S, duration_seconds ?? 0)),
    duration_seconds: duration_seconds ?? DAY_S,
  });
  const { command, writes } = newCommand(ctx, profileCommand(profile, evseId));
  const schedule_offer = { command_id: command.id, max_periods, is_anew };
  return { planned, schedule_offer, writes, tasks: commandTasks(ctx, command) };
}

/** What connector and limits leave to a vehicle now; a schedule made for it before is not counted. */
async function roomOn(
  ctx: Context,
  { charger, connectors }: WholeCharger,
  { session }: WholeSession,
): Promise<number | null> {
  const here = connectors.filter((c) => c.id === session.connector);
  const profiles = await findProfiles(ctx, charger.id);
  const own = sessionNumber(session.connector);
  const allowed = allowedAt(
    {
      connector: session.connector,
      session: { id: session.id, began_at: session.started_at },
      profiles: profiles.filter(({ number }) => number !== own),
      electrics: electricsOf(here),
      outside: await findOutsideLimits(ctx, charger.id),
    },
    ctx.now().getTime(),
  );
  const rated = ratedWatts(here, session.connector);
  const most = Math.min(allowed, rated ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(most) ? most : null;
}
