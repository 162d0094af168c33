import { completeChargers, findCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import { offerSchedule } from '#shared/smart-charging/offer-schedule.ts';
import { runningSession } from '#shared/smart-charging/running-session.ts';
import type { Planned } from '#shared/smart-charging/schedule-for-needs.ts';
import type { ChargingNeeds } from '#shared/smart-charging/vehicle-plan.ts';

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
  const { planned, schedule_offer, writes, tasks } = await offerSchedule(ctx, whole, running, {
    needs,
    evseId,
    max_periods: maxPeriods,
    is_anew: false,
  });
  await changeSession(ctx, running.session.id, ({ session, live }) =>
    live.ended_at !== null
      ? undefined
      : {
          live,
          events: [{ type: SessionUpdated }],
          writes: [
            {
              op: 'update',
              key: keys.session(ctx.tenantId, session.id),
              set: { charging_needs: needs, schedule_offer },
              when: 'present',
            },
            ...writes,
          ],
          tasks,
          because: sentence(needs, planned),
        },
  );
  return true;
}

function sentence({ energy_kwh, departure_at }: ChargingNeeds, { short_of_wh }: Planned): string {
  const energy = energy_kwh === null ? 'energy' : `${energy_kwh} kWh`;
  const until = departure_at === null ? '' : ` until ${departure_at}`;
  const short =
    short_of_wh === null ? '' : `, ${short_of_wh / 1000} kWh of which cannot be had by then`;
  return `The vehicle asks for ${energy}${until}${short}.`;
}
