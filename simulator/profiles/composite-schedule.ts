import type { ChargingProfile, SchedulePeriod } from '#simulator/profiles/charging-profile.ts';
import { profileValue } from '#simulator/profiles/profile-value.ts';

/** The electrics that turn amperes into watts: 230 V on each phase, or the voltage of a pack. */
export type Electrics = { volts: number; phases: number };

/** One connector, and everything that may limit it. */
export type Circumstances = {
  connectorId: number;
  profiles: readonly ChargingProfile[];
  transaction: { number: number; startedAt: number } | null;
  /** When a relative schedule would begin that has no transaction yet. */
  from: number;
  electrics: Electrics;
  /** What the connector is built for. */
  maxWatts: number;
  /** Limits beside the profiles: of the grid, of the building. */
  ceilingsWatts: readonly number[];
  /** Among how many the station's own maximum is divided now. */
  sharers: number;
};

/** The most that may flow, until it changes. */
export type Limit = { watts: number; until: number };

export const wattsOf = (
  { limit, phases }: SchedulePeriod,
  unit: ChargingProfile['unit'],
  electrics: Electrics,
): number =>
  unit === 'W'
    ? limit
    : limit * electrics.volts * Math.min(phases ?? electrics.phases, electrics.phases);

/**
 * The limit that all profiles together make. Within a purpose the highest stack level that has
 * something to say leads; a transaction's own profile takes the place of the default, that of the
 * connector goes before that of the station; the station's maximum is a ceiling over both
 * [1.6 section 3.13; 2.0.1 part 2 K01.FR.04 to 06, K08].
 */
export function limitAt(circumstances: Circumstances, at: number): Limit {
  const { profiles, connectorId, transaction, electrics } = circumstances;
  const origin = transaction?.startedAt ?? circumstances.from;
  let until = Number.POSITIVE_INFINITY;
  const leading = (purpose: ChargingProfile['purpose'], where: number): number | null => {
    const speaking = profiles
      .filter((one) => one.purpose === purpose && one.connectorId === where)
      .filter((one) => purpose !== 'tx' || one.transaction === transaction?.number)
      .sort((one, other) => other.stackLevel - one.stackLevel)
      .map((one) => ({ unit: one.unit, ...profileValue(one, at, origin) }));
    until = Math.min(until, ...speaking.map((one) => one.until));
    const first = speaking.find(({ period }) => period);
    return first?.period ? wattsOf(first.period, first.unit, electrics) : null;
  };
  const own = leading('tx', connectorId);
  const usual = leading('tx_default', connectorId);
  const common = leading('tx_default', 0);
  const station = leading('station_max', 0);
  const allowed = [
    own ?? usual ?? common,
    station === null ? null : station / circumstances.sharers,
    circumstances.maxWatts,
    ...circumstances.ceilingsWatts,
  ].flatMap((one) => one ?? []);
  return { watts: Math.max(0, Math.min(...allowed)), until };
}

/** A stretch of a composite schedule, which lasts until the next one begins. */
export type Stretch = { at: number; watts: number };

/** What may flow from `from` to `to`, by the limits told for each instant; equal neighbours are one. */
export function composite(limit: (at: number) => Limit, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = from; at < to; ) {
    const { watts, until } = limit(at);
    if (stretches.at(-1)?.watts !== watts) stretches.push({ at, watts });
    at = until;
  }
  return stretches;
}

/** Watts as a schedule states them: in its unit, to a tenth, never more than there is. */
export function stated(watts: number, unit: 'W' | 'A', { volts, phases }: Electrics): number {
  const value = unit === 'W' ? watts : watts / (volts * phases);
  return Math.floor(value * 10 + 1e-6) / 10;
}
