import type { Meant } from '#shared/smart-charging/told-schedule.ts';
import type { ChargingNeeds } from '#shared/smart-charging/vehicle-plan.ts';

/** What a vehicle estimates it needs is exceeded by the losses of the way: this much is added. */
const RESERVE = 1.1;
const AT_LEAST_S = 900;

export interface Planned {
  readonly periods: readonly Meant[];
  /** How long the whole schedule is meant for; null where nobody knows when the vehicle leaves. */
  readonly duration_seconds: number | null;
  /** What can be delivered until the vehicle leaves, where less than it asks for. */
  readonly short_of_wh: number | null;
}

export interface Room {
  /** The most that may flow, W: of the connector, of a limit. Null where nobody knows. */
  readonly watts: number | null;
  /** How many periods the vehicle can take. */
  readonly periods: number;
}

/**
 * A schedule for what a vehicle asks for: all that vehicle, connector and limits allow until the energy
 * is there, with a tenth to spare; from then until it leaves no more than it needs to go on at all. A
 * vehicle that tells no energy, no departure or no minimum, or can take one period only, gets all that
 * is allowed throughout. Energy that cannot be delivered in time is told as `short_of_wh`.
 */
export function scheduleForNeeds(needs: ChargingNeeds, room: Room, now: number): Planned {
  const { departure_at, energy_kwh, max_power_kw, min_power_kw, phases } = needs;
  const full = Math.min(
    room.watts ?? Number.POSITIVE_INFINITY,
    max_power_kw === null ? Number.POSITIVE_INFINITY : max_power_kw * 1000,
  );
  const left = departure_at === null ? null : Math.floor((Date.parse(departure_at) - now) / 1000);
  const duration_seconds = left !== null && left >= AT_LEAST_S ? left : null;
  if (!Number.isFinite(full)) return { periods: [], duration_seconds, short_of_wh: null };
  const at = (start_seconds: number, limit: number): Meant => ({
    start_seconds,
    limit,
    unit: 'W',
    phases,
  });
  const wh = energy_kwh === null ? null : energy_kwh * 1000;
  const takes = wh === null || full === 0 ? null : Math.ceil(((wh * RESERVE) / full) * 3600);
  const possible = left === null ? null : (full * Math.max(0, left)) / 3600;
  const short_of_wh =
    wh !== null && possible !== null && possible < wh ? Math.round(wh - possible) : null;
  const low = min_power_kw === null ? null : Math.min(full, min_power_kw * 1000);
  const hasEnd = duration_seconds !== null && takes !== null && takes < duration_seconds;
  const canLower = hasEnd && low !== null && low < full && room.periods > 1;
  const periods =
    canLower && takes !== null && low !== null ? [at(0, full), at(takes, low)] : [at(0, full)];
  return { periods, duration_seconds, short_of_wh };
}
