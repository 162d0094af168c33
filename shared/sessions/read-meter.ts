import type { LiveSession } from '#shared/sessions/session.ts';

type Meter = Pick<LiveSession, 'meter_start_wh' | 'meter_wh' | 'energy_wh' | 'flags'>;

/**
 * The energy after a register reading. A register that falls (replaced, reset, rolled over) starts a
 * new count on top of what was delivered before it: never negative, never lost, and flagged.
 */
export function readMeter(live: LiveSession, registerWh: number): Meter {
  const register = Math.round(registerWh);
  if (live.meter_start_wh === null)
    return {
      meter_start_wh: register,
      meter_wh: register,
      energy_wh: live.energy_wh,
      flags: flagged(live, 'meter_start_assumed'),
    };
  const start = live.meter_start_wh;
  const fell = register < (live.meter_wh ?? start);
  const base = fell ? register - live.energy_wh : start;
  return {
    meter_start_wh: base,
    meter_wh: register,
    energy_wh: Math.max(0, register - base),
    flags: fell ? flagged(live, 'meter_reset') : live.flags,
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
