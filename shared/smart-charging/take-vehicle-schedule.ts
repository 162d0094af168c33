import { completeChargers, findCharger, type WholeCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { kwOfW } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { allowedAt } from '#shared/smart-charging/effective-limit.ts';
import { electricsOf, type RateUnit, wattsOf } from '#shared/smart-charging/electrics.ts';
import { type Offered, offerSchedule } from '#shared/smart-charging/offer-schedule.ts';
import { profilesInForce } from '#shared/smart-charging/offered-schedule.ts';
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
 * takes more than the profiles we know of allow: then a schedule is offered anew (K15.FR.13,
 * K16.FR.08), once. A vehicle that will not heed that one either would otherwise be asked for ever.
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
  const { id, schedule_offer } = running.session;
  const vehicle_schedule = await heldToLimits(ctx, whole, running, plan);
  const { within_limits: within } = vehicle_schedule;
  const anew = within ? undefined : await offeredAnew(ctx, whole, running, evseId);
  const offer = within ? schedule_offer && { ...schedule_offer, is_anew: false } : schedule_offer;
  await changeSession(ctx, id, ({ live }) => ({
    live,
    events: [{ type: SessionUpdated }],
    writes: [
      {
        op: 'update',
        key: keys.session(ctx.tenantId, id),
        set: { vehicle_schedule, schedule_offer: anew?.schedule_offer ?? offer },
        when: 'present',
      },
      ...(anew?.writes ?? []),
    ],
    tasks: anew?.tasks ?? [],
    because: within
      ? 'The vehicle told how it means to charge.'
      : 'The vehicle means to take more than its limits allow: it was told to plan anew.',
  }));
  return within;
}

async function heldToLimits(
  ctx: Context,
  { charger, connectors }: WholeCharger,
  { session }: WholeSession,
  plan: ToldPlan,
): Promise<VehicleSchedule> {
  const { id, connector, started_at: began_at } = session;
  const electrics = electricsOf(connectors.filter((c) => c.id === connector));
  const profiles = await profilesInForce(ctx, charger.id, session.schedule_offer);
  const outside = await findOutsideLimits(ctx, charger.id);
  const bounds = { connector, session: { id, began_at }, profiles, electrics, outside };
  const start = Date.parse(plan.starts_at);
  const periods = plan.periods.map(({ start_seconds, limit, phases }) => ({
    start_seconds,
    watts: wattsOf(limit, plan.unit, electrics, phases),
    current_a: plan.unit === 'A' ? limit : null,
  }));
  const isAllowed = (seconds: number) => {
    const at = Math.max(start + seconds * 1000, ctx.now().getTime());
    const { watts } = periods.findLast((p) => p.start_seconds <= seconds) ?? { watts: 0 };
    return (watts ?? 0) <= allowedAt(bounds, at) * TOLERANCE;
  };
  return {
    starts_at: plan.starts_at,
    duration_seconds: plan.duration_seconds,
    periods: periods.slice(0, KEPT_PERIODS).map(({ start_seconds, watts, current_a }) => ({
      start_seconds,
      power_kw: watts === null ? null : kwOfW(watts),
      current_a,
    })),
    within_limits: momentsOf(plan).every(isAllowed),
    told_at: isoNow(ctx),
  };
}

/** Nothing for a vehicle that never said what it needs, or has just been offered one anew. */
async function offeredAnew(
  ctx: Context,
  whole: WholeCharger,
  running: WholeSession,
  evseId: number,
): Promise<Offered | undefined> {
  const { charging_needs: needs, schedule_offer: offer } = running.session;
  if (!needs || !offer || offer.is_anew) return undefined;
  const { max_periods } = offer;
  return offerSchedule(ctx, whole, running, { needs, evseId, max_periods, is_anew: true });
}
