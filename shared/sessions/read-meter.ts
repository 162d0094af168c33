import type { LiveSession } from '#shared/sessions/session.ts';

type Meter = Pick<LiveSession, 'meter_start_wh' | 'meter_wh' | 'energy_wh' | 'flags'>;

/**
 * The energy after a register reading. A register that falls (replaced, reset, rolled over) starts a
 * new count on top of what was delivered before it: never negative, never lost, and flagged.
 */
export function readMeter(live: LiveSession, registerWh: number): Meter {
  const register = Math.round(registerWh);
  const start = live.meter_start_wh ?? register;
  const fell = register < (live.meter_wh ?? start);
  const base = fell ? register - live.energy_wh : start;
  return {
    meter_start_wh: base,
    meter_wh: register,
    energy_wh: Math.max(0, register - base),
    flags: fell ? flagged(live, 'meter_reset') : live.flags,
  };
}

export const flagged = ({ flags }: Pick<LiveSession, 'flags'>, ...more: readonly string[]) => [
  ...new Set([...flags, ...more]),
];
