import type { LiveSession } from '#shared/sessions/session.ts';

/** Clocks before this were never set: chargers wake up in 1970 or 2000. */
const SET_SINCE = Date.parse('2020-01-01T00:00:00Z');
const TOLERANCE_MS = 5 * 60_000;

export interface ClockReading {
  /** The instant we go by. */
  readonly at: string;
  /** To be added to what this charger's clock says for the rest of the session. */
  readonly offsetSeconds: number;
  readonly flags: readonly string[];
}

/**
 * When a charge began, by a clock that may lie. A time in the future, from before the clock was ever
 * set, or from before we asked for the start cannot be: then our own clock counts, and the
 * difference is kept so that the durations of the session stay right. A time in the past is believed
 * otherwise: chargers report what happened while they were offline.
 */
export function startInstant(reported: string, now: Date, notBefore: string | null): ClockReading {
  const said = Date.parse(reported);
  const received = now.getTime();
  const before = notBefore === null ? -Infinity : Date.parse(notBefore) - TOLERANCE_MS;
  const flag = impossible(said, received, before);
  if (flag) {
    const offset = Number.isNaN(said) ? 0 : Math.round((received - said) / 1000);
    return { at: now.toISOString(), offsetSeconds: offset, flags: [flag] };
  }
  return { at: new Date(Math.min(said, received)).toISOString(), offsetSeconds: 0, flags: [] };
}

function impossible(said: number, received: number, before: number): string | undefined {
  if (Number.isNaN(said)) return 'clock_unreadable';
  if (said < SET_SINCE) return 'clock_not_set';
  if (said > received + TOLERANCE_MS) return 'clock_ahead';
  if (said < before) return 'clock_behind';
  return undefined;
}

/** When a later message of the session happened: never before what came before it, never after now. */
export function laterInstant(reported: string, now: Date, live: LiveSession): string {
  const said = Date.parse(reported) + live.clock_offset_s * 1000;
  const floor = live.meter_at ?? live.charging_started_at;
  const earliest = floor === null ? -Infinity : Date.parse(floor);
  const credible = Number.isNaN(said) ? now.getTime() : Math.min(said, now.getTime());
  return new Date(Math.max(credible, earliest)).toISOString();
}
