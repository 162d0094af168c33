import type { LiveSession, Session } from '#shared/sessions/session.ts';

type Meter = Pick<
  LiveSession,
  'meter_start_wh' | 'first_start_wh' | 'meter_wh' | 'energy_wh' | 'flags'
>;

/**
 * No connector charges faster (the megawatt standard's most), but for the simulated ones of a sandbox,
 * whose time may be made to fly. Some kWh on top for coarse clocks.
 */
const MOST_W = { live: 4_000_000, test: 4_000_000_000 };
const SLACK_WH = 10_000;

/** What a connector may have delivered in a time. */
export const mostWh = ({ livemode }: Pick<Session, 'livemode'>, seconds: number): number =>
  SLACK_WH + ((livemode ? MOST_W.live : MOST_W.test) * seconds) / 3600;

/**
 * The energy after a register reading. A register that falls, or leaps by more than the most that could
 * have been delivered (replaced, reset, rolled over, another meter's), starts a new
 * count on top of what was delivered before it: never negative, never lost, and flagged.
 */
export function readMeter(live: LiveSession, registerWh: number, mostRiseWh: number): Meter {
  const register = Math.round(registerWh);
  const { meter_start_wh: start, energy_wh: before } = live;
  if (start === null)
    return {
      meter_start_wh: register,
      first_start_wh: null,
      meter_wh: register,
      energy_wh: before,
      flags: flagged(live, 'meter_start_assumed'),
    };
  const rise = register - (live.meter_wh ?? start);
  const odd = rise < 0 ? 'meter_reset' : rise > mostRiseWh ? 'meter_leap' : undefined;
  const base = odd ? register - before : start;
  return {
    meter_start_wh: base,
    first_start_wh: odd ? (live.first_start_wh ?? start) : live.first_start_wh,
    meter_wh: register,
    energy_wh: Math.max(0, register - base),
    flags: odd ? flagged(live, odd) : live.flags,
  };
}

/** No meter has counted more than a terawatt hour: beyond that a number is noise, or worse. */
const MOST_WH = 1e12;

/** A register as a charger sent it, in whole Wh; null where that is none. */
export const registerOf = (wh: number | null | undefined): number | null =>
  wh == null || !(Math.abs(wh) <= MOST_WH) ? null : Math.round(wh);

export const flagged = ({ flags }: Pick<LiveSession, 'flags'>, ...more: readonly string[]) => [
  ...new Set([...flags, ...more]),
];

/** The flags without what has turned out not to be so. */
export const cleared = ({ flags }: Pick<LiveSession, 'flags'>, ...gone: readonly string[]) =>
  flags.filter((flag) => !gone.includes(flag));
