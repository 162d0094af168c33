import { completeChargers, findCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { kwOfW } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import { findProfiles } from '#shared/smart-charging/charging-profile.ts';
import { allowedAt } from '#shared/smart-charging/effective-limit.ts';
import { electricsOf, type RateUnit, wattsOf } from '#shared/smart-charging/electrics.ts';
import { findOutsideLimits } from '#shared/smart-charging/outside-limit.ts';
import { runningSession } from '#shared/smart-charging/running-session.ts';
import type { VehicleSchedule } from '#shared/smart-charging/vehicle-plan.ts';

/** How a vehicle means to charge, as its charger tells it. */
export interface ToldPlan {
  readonly starts_at: string;
  readonly duration_seconds: number | null;
  readonly unit: RateUnit;
  readonly periods: readonly {
    readonly start_seconds: number;
    readonly limit: number;
    readonly phases: number | null;
  }[];
}

const DAY_S = 86_400;
const STEP_S = 900;

/** When a plan is held against the limits: at each of its periods, and each quarter of an hour of a day. */
function momentsOf({ periods, duration_seconds }: ToldPlan): number[] {
  const lasts = Math.min(duration_seconds ?? DAY_S, DAY_S);
  const steps = Array.from({ length: Math.ceil(lasts / STEP_S) }, (_, n) => n * STEP_S);
  return [...periods.map(({ start_seconds }) => start_seconds), ...steps];
}

/** A vehicle's arithmetic may differ from ours by this much. */
const TOLERANCE = 1.01;
/** The session's row must stay small. */
const KEPT_PERIODS = 48;

/**
 * Keeps with its session how a vehicle means to charge. False where nothing charges there, or the plan
 * takes more than the profiles we know of allow.
 */
export async function takeVehicleSchedule(
  ctx: Context,
  chargerId: string,
  evseId: number,
  plan: ToldPlan,
): Promise<boolean> {
  const found = await findCharger(ctx, chargerId);
  const [whole] = found ? await completeChargers(ctx, [found]) : [];
  const running = whole && (await runningSession(ctx, whole, evseId));
  if (!whole || !running) return false;
  const { id, connector, started_at: began_at } = running.session;
  const electrics = electricsOf(whole.connectors.filter((c) => c.id === connector));
  const profiles = await findProfiles(ctx, chargerId);
  const start = Date.parse(plan.starts_at);
  const periods = plan.periods.map(({ start_seconds, limit, phases }) => ({
    start_seconds,
    watts: wattsOf(limit, plan.unit, electrics, phases),
    current_a: plan.unit === 'A' ? limit : null,
  }));
  const outside = await findOutsideLimits(ctx, chargerId);
  const bounds = { connector, session: { id, began_at }, profiles, electrics, outside };
  const isAllowed = (seconds: number) => {
    const at = Math.max(start + seconds * 1000, ctx.now().getTime());
    const { watts } = periods.findLast((p) => p.start_seconds <= seconds) ?? { watts: 0 };
    return (watts ?? 0) <= allowedAt(bounds, at) * TOLERANCE;
  };
  const within = momentsOf(plan).every(isAllowed);
  const vehicle_schedule: VehicleSchedule = {
    starts_at: plan.starts_at,
    duration_seconds: plan.duration_seconds,
    periods: periods.slice(0, KEPT_PERIODS).map(({ start_seconds, watts, current_a }) => ({
      start_seconds,
      power_kw: watts === null ? null : kwOfW(watts),
      current_a,
    })),
    within_limits: within,
    told_at: isoNow(ctx),
  };
  await changeSession(ctx, id, ({ live }) => ({
    live,
    events: [{ type: SessionUpdated }],
    writes: [
      {
        op: 'update',
        key: keys.session(ctx.tenantId, id),
        set: { vehicle_schedule },
        when: 'present',
      },
    ],
    because: within
      ? 'The vehicle told how it means to charge.'
      : 'The vehicle means to take more than its limits allow: it was told to plan anew.',
  }));
  return within;
}
