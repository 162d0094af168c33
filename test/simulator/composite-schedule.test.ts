import { describe, expect, it } from 'vitest';
import type { ChargingProfile } from '#simulator/profiles/charging-profile.ts';
import {
  type Circumstances,
  composite,
  limitAt,
  stated,
} from '#simulator/profiles/composite-schedule.ts';
import { NOON } from '#test/simulator/paper-charger.ts';

const HOUR = 3_600_000;
const MIDNIGHT = NOON - 12 * HOUR;
/** 230 V on three phases: 1 A is 690 W. */
const THREE_PHASES = { volts: 230, phases: 3 };

const periods = (...pairs: [startSeconds: number, limit: number][]) =>
  pairs.map(([startSeconds, limit]) => ({ startSeconds, limit, phases: null }));

const aProfile = (overrides: Partial<ChargingProfile>): ChargingProfile => ({
  id: 1,
  connectorId: 1,
  purpose: 'tx_default',
  stackLevel: 0,
  kind: 'absolute',
  transaction: null,
  validFrom: null,
  validTo: null,
  startsAt: NOON,
  durationSeconds: null,
  unit: 'W',
  periods: periods([0, 10_000]),
  raw: {},
  ...overrides,
});

const circumstances = (...profiles: ChargingProfile[]): Circumstances => ({
  connectorId: 1,
  profiles,
  transaction: { number: 5, startedAt: NOON },
  from: NOON,
  electrics: THREE_PHASES,
  maxWatts: 22_000,
  ceilingsWatts: [],
  sharers: 1,
});

/** The schedule of the next hours, as [hours from noon, watts]. */
function ahead(hours: number, ...profiles: ChargingProfile[]): number[][] {
  const given = circumstances(...profiles);
  return composite((at) => limitAt(given, at), NOON, NOON + hours * HOUR).map(({ at, watts }) => [
    (at - NOON) / HOUR,
    watts,
  ]);
}

describe('the composite schedule', () => {
  it('is what the connector is built for where nothing limits it', () => {
    expect(ahead(2)).toEqual([[0, 22_000]]);
  });

  it('follows the periods of an absolute profile, and falls silent after its duration', () => {
    const profile = aProfile({
      periods: periods([0, 11_000], [3600, 7000]),
      durationSeconds: 2 * 3600,
    });
    // 12:00 to 13:00 11 kW, 13:00 to 14:00 7 kW, then nothing is said: 22 kW.
    expect(ahead(3, profile)).toEqual([
      [0, 11_000],
      [1, 7000],
      [2, 22_000],
    ]);
  });

  it('lets the higher stack level lead, and the lower one speak when it is silent', () => {
    const low = aProfile({ id: 1, stackLevel: 0, periods: periods([0, 4000]) });
    const high = aProfile({
      id: 2,
      stackLevel: 3,
      startsAt: NOON + HOUR,
      durationSeconds: 3600,
      periods: periods([0, 9000]),
    });
    // High leads from 13:00 to 14:00, though its limit is the looser one.
    expect(ahead(3, low, high)).toEqual([
      [0, 4000],
      [1, 9000],
      [2, 4000],
    ]);
  });

  it("puts a transaction's own profile in the place of the default, for that transaction only", () => {
    const usual = aProfile({ id: 1, stackLevel: 9, periods: periods([0, 4000]) });
    const own = aProfile({ id: 2, purpose: 'tx', transaction: 5, periods: periods([0, 16_000]) });
    const another = aProfile({ ...own, id: 3, transaction: 6, periods: periods([0, 1000]) });
    expect(ahead(1, usual, own, another)).toEqual([[0, 16_000]]);
    expect(ahead(1, usual, another)).toEqual([[0, 4000]]);
  });

  it("puts the connector's default before the station's", () => {
    const station = aProfile({ id: 1, connectorId: 0, stackLevel: 5, periods: periods([0, 3000]) });
    const connector = aProfile({ id: 2, stackLevel: 0, periods: periods([0, 8000]) });
    expect(ahead(1, station)).toEqual([[0, 3000]]);
    expect(ahead(1, station, connector)).toEqual([[0, 8000]]);
  });

  it("keeps everything under the station's maximum, shared among those who charge", () => {
    const own = aProfile({ purpose: 'tx', transaction: 5, periods: periods([0, 16_000]) });
    const max = aProfile({
      id: 2,
      connectorId: 0,
      purpose: 'station_max',
      periods: periods([0, 20_000], [3600, 12_000]),
    });
    expect(ahead(2, own, max)).toEqual([
      [0, 16_000],
      [1, 12_000],
    ]);
    const shared = { ...circumstances(own, max), sharers: 2 };
    expect(limitAt(shared, NOON).watts).toBe(10_000);
  });

  it('keeps everything under the limits of the grid', () => {
    const own = aProfile({ purpose: 'tx', transaction: 5, periods: periods([0, 16_000]) });
    expect(limitAt({ ...circumstances(own), ceilingsWatts: [5000] }, NOON).watts).toBe(5000);
  });

  it('counts a relative profile from the start of the transaction', () => {
    const profile = aProfile({
      kind: 'relative',
      startsAt: null,
      periods: periods([0, 6000], [1800, 3000]),
    });
    const begun = { number: 5, startedAt: NOON - HOUR / 4 };
    const given = { ...circumstances(profile), transaction: begun };
    // It began at 11:45, so its second half-hour begins at 12:15.
    const limits = composite((at) => limitAt(given, at), NOON, NOON + HOUR);
    expect(limits).toEqual([
      { at: NOON, watts: 6000 },
      { at: NOON + HOUR / 4, watts: 3000 },
    ]);
  });

  it('repeats a daily profile every day, and leaves the rest of the day alone', () => {
    const daily = aProfile({
      kind: 'daily',
      startsAt: MIDNIGHT - 24 * HOUR + 18 * HOUR,
      durationSeconds: 2 * 3600,
      periods: periods([0, 2000]),
    });
    // From 18:00 to 20:00 each day: 6 to 8 hours, and 30 to 32 hours, after noon.
    expect(ahead(34, daily)).toEqual([
      [0, 22_000],
      [6, 2000],
      [8, 22_000],
      [30, 2000],
      [32, 22_000],
    ]);
  });

  it('repeats a weekly profile every week', () => {
    const weekly = aProfile({
      kind: 'weekly',
      startsAt: NOON - 6 * 24 * HOUR,
      durationSeconds: 3600,
      periods: periods([0, 1000]),
    });
    expect(ahead(30, weekly)).toEqual([
      [0, 22_000],
      [24, 1000],
      [25, 22_000],
    ]);
  });

  it('minds from when and until when a profile is valid', () => {
    const profile = aProfile({
      startsAt: MIDNIGHT,
      validFrom: NOON + HOUR,
      validTo: NOON + 2 * HOUR,
      periods: periods([0, 500]),
    });
    expect(ahead(3, profile)).toEqual([
      [0, 22_000],
      [1, 500],
      [2, 22_000],
    ]);
  });

  it('turns amperes into watts by the phases that are used', () => {
    const amps = (phases: number | null) =>
      aProfile({ unit: 'A', periods: [{ startSeconds: 0, limit: 16, phases }] });
    // 16 A × 230 V × 3 = 11,040 W; on one phase 3,680 W.
    expect(limitAt(circumstances(amps(null)), NOON).watts).toBe(11_040);
    expect(limitAt(circumstances(amps(1)), NOON).watts).toBe(3680);
  });

  it('states watts in amperes to a tenth, never more than there is', () => {
    // 11,040 W / 690 W = 16 A; 10,000 W / 690 W = 14.49 A, stated as 14.4.
    expect(stated(11_040, 'A', THREE_PHASES)).toBe(16);
    expect(stated(10_000, 'A', THREE_PHASES)).toBe(14.4);
    expect(stated(10_000, 'W', THREE_PHASES)).toBe(10_000);
  });
});
