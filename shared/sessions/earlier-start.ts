import { neededReadings, priceBoundaries } from '#shared/pricing/needed-readings.ts';
import { startInstant } from '#shared/sessions/charger-clock.ts';
import { cleared } from '#shared/sessions/read-meter.ts';
import type { LiveSession, Session } from '#shared/sessions/session.ts';

/** What had to be assumed of a start that was not reported, or without its register. */
const ASSUMED = ['start_missing', 'meter_start_assumed'];

export const isStartAssumed = ({ flags }: LiveSession): boolean =>
  ASSUMED.some((flag) => flags.includes(flag));

/**
 * The session once its true start is known after all: what was delivered between that and the first
 * reading we had counts too. A register above that reading cannot be the start, and changes nothing.
 */
export function withEarlierStart(
  session: Session,
  live: LiveSession,
  started: {
    readonly at: string;
    readonly registerWh: number | null;
    /** Left out where it is the true start; else only earlier than what was assumed so far. */
    readonly isStart?: false;
  },
  now: Date,
): LiveSession {
  const { charging_started_at: from, meter_start_wh: assumed } = live;
  if (!from || !isStartAssumed(live)) return live;
  const more = started.registerWh === null || assumed === null ? 0 : assumed - started.registerWh;
  const recounted = live.flags.includes('meter_reset') || live.flags.includes('meter_leap');
  if (more < 0 || recounted) return live;
  const said = live.flags.includes('start_missing') ? startInstant(started.at, now, null).at : from;
  const [at = from] = [said, from].sort();
  const found = started.registerWh === null ? ['start_missing'] : ASSUMED;
  const later = live.readings.filter((reading) => reading.at > at);
  const readings = [{ at, wh: 0 }, ...later.map((r) => ({ at: r.at, wh: r.wh + more }))];
  return {
    ...live,
    charging_started_at: at,
    meter_start_wh: started.registerWh ?? assumed,
    energy_wh: live.energy_wh + more,
    readings: neededReadings(readings, priceBoundaries(at, session.tariff_override)),
    flags: (started.isStart ?? true) ? cleared(live, ...found) : live.flags,
  };
}
