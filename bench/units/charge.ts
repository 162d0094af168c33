import type { Said } from '#bench/units/metered-charger.ts';

/** One message of a charge, ready to be said. */
export interface Step {
  readonly action: string;
  readonly run: () => Promise<Said>;
}

/** How a charge goes, message by message, in the words of one version. */
export interface Charge {
  readonly begin: readonly Step[];
  /** A minute of it, with everything a DC charger measures. */
  readonly minute: () => Step;
  readonly end: readonly Step[];
}

/** Who started it: a tag at the charger, or the call the platform made of a REST request. */
export interface Start {
  readonly tag: string;
  readonly remoteStartId?: number;
}

export const METER_AT_FIRST_WH = 1_000_000;
const WH_A_MINUTE = 900;
const SOC_AT_FIRST = 20;

/** What a DC charger's meter shows after so many minutes: 54 kW, and a battery of about 80 kWh. */
export const gauges = (minutes: number) => ({
  registerWh: METER_AT_FIRST_WH + minutes * WH_A_MINUTE,
  powerW: 54_000 - minutes * 11,
  currentA: 135.5 - minutes * 0.1,
  voltageV: 398.2 + minutes * 0.1,
  socPercent: SOC_AT_FIRST + Math.floor(minutes * 1.1),
});
