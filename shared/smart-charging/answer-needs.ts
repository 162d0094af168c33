import { completeChargers, findCharger, type WholeCharger } from '#shared/chargers/charger-view.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
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
import { runningSession } from '#shared/smart-charging/running-session.ts';
import { type Planned, scheduleForNeeds } from '#shared/smart-charging/schedule-for-needs.ts';
import type { ChargingNeeds } from '#shared/smart-charging/vehicle-plan.ts';

const DAY_S = 86_400;

/**
 * A vehicle says what it needs: it is kept with the session, and the charger is given a schedule for it.
 * False where nothing charges there.
 */
export async function answerNeeds(
  ctx: Context,
  chargerId: string,
  evseId: number,
  told: Omit<ChargingNeeds, 'told_at'>,
  maxPeriods: number,
): Promise<boolean> {
  const found = await findCharger(ctx, chargerId);
  const [whole] = found ? await completeChargers(ctx, [found]) : [];
  const running = whole && (await runningSession(ctx, whole, evseId));
  if (!whole || !running) return false;
  const needs: ChargingNeeds = { ...told, told_at: isoNow(ctx) };
  const planned = scheduleForNeeds(
    needs,
    { watts: await roomOn(ctx, whole, running), periods: maxPeriods },
    ctx.now().getTime(),
  );
  const call = await callFor(ctx, whole, running, planned, evseId);
  await changeSession(ctx, running.session.id, ({ session, live }) =>
    live.ended_at !== null
      ? undefined
      : {
          live,
          events: [{ type: SessionUpdated }],
          writes: [keep(ctx, session.id, needs), ...call.writes],
          tasks: call.tasks,
          because: sentence(needs, planned),
        },
  );
  return true;
}

const keep = (ctx: Context, id: string, charging_needs: ChargingNeeds): Write => ({
  op: 'update',
  key: keys.session(ctx.tenantId, id),
  set: { charging_needs },
  when: 'present',
});

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

async function callFor(
  ctx: Context,
  whole: WholeCharger,
  session: WholeSession,
  { periods, duration_seconds }: Planned,
  evseId: number,
): Promise<{ writes: Write[]; tasks: DueTask[] }> {
  if (periods.length === 0) return { writes: [], tasks: [] };
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
  return { writes, tasks: commandTasks(ctx, command) };
}

function sentence({ energy_kwh, departure_at }: ChargingNeeds, { short_of_wh }: Planned): string {
  const energy = energy_kwh === null ? 'energy' : `${energy_kwh} kWh`;
  const until = departure_at === null ? '' : ` until ${departure_at}`;
  const short =
    short_of_wh === null ? '' : `, ${short_of_wh / 1000} kWh of which cannot be had by then`;
  return `The vehicle asks for ${energy}${until}${short}.`;
}
