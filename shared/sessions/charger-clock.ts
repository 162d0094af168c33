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

/** A clock set back by more than this ago is not told from a report that was long under way. */
const SILENCE_MS = 2 * 3_600_000;

/**
 * When a later message of the session happened: never before what came before it, never after now.
 * A clock that was wrong at the start may have been set meanwhile, so it is also taken at its word.
 * One set back while charging would hide the time since: then our own clock counts, unless the charger
 * was silent so long that the message may be an old one.
 */
export function laterInstant(reported: string, now: Date, live: LiveSession): ClockReading {
  const said = Date.parse(reported);
  const received = now.getTime();
  const floor = floorOf(live);
  const reading = (ms: number, offsetSeconds = live.clock_offset_s, ...flags: string[]) => ({
    at: new Date(Math.max(Math.min(ms, received), floor)).toISOString(),
    offsetSeconds,
    flags,
  });
  const offset = [live.clock_offset_s, 0].find((seconds) => {
    const at = said + seconds * 1000;
    return at >= floor - TOLERANCE_MS && at <= received + TOLERANCE_MS;
  });
  if (offset !== undefined) return reading(said + offset * 1000, offset);
  const setBack = said + live.clock_offset_s * 1000 < floor;
  if (!setBack) return reading(received);
  if (received - floor > SILENCE_MS) return reading(floor, live.clock_offset_s, 'clock_set_back');
  return reading(received, Math.round((received - said) / 1000), 'clock_set_back');
}

function floorOf({ meter_at, charging_started_at }: LiveSession): number {
  const floor = meter_at ?? charging_started_at;
  return floor === null ? -Infinity : Date.parse(floor);
}

/**
 * A time within the session that lies before its newest reading. What a number tells to be `late` may
 * lie before all we know of the session, too.
 */
export function isEarlier(reported: string, live: LiveSession, late = false): boolean {
  const { meter_at, charging_started_at: start } = live;
  const said = Date.parse(reported) + live.clock_offset_s * 1000;
  if (meter_at === null || start === null) return false;
  const isWithin = late || said >= Date.parse(start) - TOLERANCE_MS;
  return said < Date.parse(meter_at) && isWithin;
}

/** A time the charger tells, by our clock; one that cannot be read is when we last heard of the session. */
export function ourInstant(reported: string, live: LiveSession): string {
  const said = Date.parse(reported);
  if (Number.isNaN(said)) return live.meter_at ?? live.updated_at;
  return new Date(said + live.clock_offset_s * 1000).toISOString();
}
