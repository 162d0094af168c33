import type { Connector } from '#shared/connectors/connector.ts';

/** What turns current into power at a connector, as far as is known. */
export interface Electrics {
  readonly current: 'ac' | 'dc';
  /** Between phase and neutral, or of the pack; null where nobody knows. */
  readonly volts: number | null;
  readonly phases: number;
}

export type RateUnit = 'W' | 'A';

/** European and Indian low voltage. */
const MAINS_V = 230;
/** No socket for alternating current gives more. */
const AC_AT_MOST_KW = 43.5;
const DC_PLUGS = ['CCS2', 'CHAdeMO', 'BharatDC001'];
const AC_PLUGS = ['Type2', 'BharatAC001'];

const isDirect = ({ type, phases, power_kw }: Connector): boolean =>
  DC_PLUGS.includes(type) ||
  (!AC_PLUGS.includes(type) && phases === null && (power_kw ?? 0) > AC_AT_MOST_KW);

/** Of one connector, or of a whole charger: of direct current where any of its connectors is. */
export function electricsOf(connectors: readonly Connector[]): Electrics {
  const direct = connectors.find(isDirect);
  if (direct) return { current: 'dc', volts: ratedVolts(direct), phases: 1 };
  const phases = connectors.map((c) => c.phases ?? 3);
  return { current: 'ac', volts: MAINS_V, phases: phases.length > 0 ? Math.max(...phases) : 3 };
}

/** A pack's voltage moves; what the connector is rated for is the best that can be said of it. */
const ratedVolts = ({ power_kw: kw, max_current_a: amps }: Connector): number | null =>
  kw && amps ? (kw * 1000) / amps : null;

/** Watts of a limit; null where it is told in amperes and the voltage is not known. */
export function wattsOf(
  limit: number,
  unit: RateUnit,
  { volts, phases: wired }: Electrics,
  phases: number | null,
): number | null {
  if (unit === 'W') return limit;
  return volts === null ? null : limit * volts * (phases ?? wired);
}

/** Amperes per phase of a power; null where the voltage is not known. */
export const ampsOf = (
  watts: number,
  { volts, phases: wired }: Electrics,
  phases: number | null,
): number | null => (volts === null ? null : watts / (volts * (phases ?? wired)));

/** A limit as chargers take it: one decimal, and never more than was meant (1.6 §7.14, 2.0.1 K01). */
export const inTenths = (limit: number): number => Math.floor(limit * 10 + 1e-6) / 10;
