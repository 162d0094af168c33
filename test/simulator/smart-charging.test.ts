import { describe, expect, it } from 'vitest';
import type { ChargerOptions } from '#simulator/charger-options.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const CAR = { batteryKwh: 90, socPercent: 10, acPhases: 3, acKwPerPhase: 7.4, dcKw: 150 } as const;
const HOUR = 3_600_000;
const status = (reply: unknown[]) => reply[2];

function charging16(options: Partial<ChargerOptions> = {}) {
  const one = new PaperCharger({ ...sandboxCharger('BLR-014'), car: CAR }, options).online();
  return one.happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'TAG-1' });
}

function charging201() {
  const one = new PaperCharger({ ...sandboxCharger('BLR-015'), car: CAR }).online();
  one.happens({ type: 'plug_in', connectorId: 1 });
  return one.happens({ type: 'tap', tag: 'TAG-1', connectorId: 1 });
}

const profile16 = (limit: number, rest: object = {}, unit = 'A') => ({
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: {
    chargingRateUnit: unit,
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  },
  ...rest,
});
const set16 = (one: PaperCharger, csChargingProfiles: object, connectorId = 1) =>
  status(one.call('SetChargingProfile', { connectorId, csChargingProfiles }));

const profile201 = (one: PaperCharger, rest: object = {}) => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 30_000 }] },
  ],
  transactionId: one.state.connectors[0]?.session?.id,
  ...rest,
});
const set201 = (one: PaperCharger, chargingProfile: object, evseId = 1) =>
  status(one.call('SetChargingProfile', { evseId, chargingProfile }));

const registerOf = (one: PaperCharger) => one.state.connectors[0]?.registerWh ?? 0;
const wattHours = (one: PaperCharger, ms: number) => {
  const before = registerOf(one);
  return Math.round(registerOf(one.passes(ms)) - before);
};

describe('a car under charging profiles', () => {
  it('takes no more than a limit in amperes lets through', () => {
    const one = charging16();
    expect(wattHours(one, HOUR / 4)).toBe(5500); // 22 kW for a quarter of an hour
    expect(set16(one, profile16(10))).toEqual({ status: 'Accepted' });
    expect(wattHours(one, HOUR)).toBe(6900); // 10 A × 230 V × 3 for an hour
  });

  it('is suspended by the charger at a limit of nothing, and goes on after it', () => {
    const one = charging16();
    set16(one, {
      ...profile16(0),
      chargingSchedule: {
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 0 },
          { startPeriod: 600, limit: 11_000 },
        ],
      },
    });
    expect(one.of('StatusNotification').at(-1)).toMatchObject({ status: 'SuspendedEVSE' });
    expect(wattHours(one, 600_000)).toBe(0);
    expect(one.of('StatusNotification').at(-1)).toMatchObject({ status: 'Charging' });
    expect(wattHours(one, HOUR / 2)).toBe(5500);
  });

  it('shares the maximum of the station with its neighbour', () => {
    const one = new PaperCharger({ ...sandboxCharger('BLR-012'), car: CAR }).online();
    set16(one, profile16(20_000, { chargingProfilePurpose: 'ChargePointMaxProfile' }, 'W'), 0);
    for (const connectorId of [1, 2]) {
      one.happens({ type: 'plug_in', connectorId });
      one.happens({ type: 'tap', tag: `TAG-${connectorId}`, connectorId });
    }
    expect(wattHours(one, HOUR)).toBe(10_000);
    one.happens({ type: 'stop', connectorId: 2 });
    expect(wattHours(one, HOUR)).toBe(20_000);
  });

  it('keeps to a limit of the grid, of which 2.0.1 tells and 1.6 has no word', () => {
    const one = charging201();
    one.happens({ type: 'external_limit', watts: 20_000, source: 'SO' });
    expect(wattHours(one, HOUR / 2)).toBe(10_000);
    expect(one.of('NotifyChargingLimit')).toMatchObject([
      { chargingLimit: { chargingLimitSource: 'SO', isGridCritical: true } },
    ]);
    one.happens({ type: 'external_limit', watts: null });
    expect(one.of('ClearedChargingLimit')).toEqual([{ chargingLimitSource: 'SO' }]);
    const old = charging16().happens({ type: 'external_limit', watts: 5000 });
    expect(wattHours(old, HOUR)).toBe(5000);
    expect(old.actions()).not.toContain('NotifyChargingLimit');
  });

  it('tells 2.0.1 of a rate that changes and of its own suspension', () => {
    const one = charging201();
    set201(one, profile201(one));
    one.happens({ type: 'external_limit', watts: 0 });
    const told = one.of('TransactionEvent').slice(-2);
    expect(told).toMatchObject([
      { triggerReason: 'ChargingRateChanged', transactionInfo: { chargingState: 'Charging' } },
      {
        triggerReason: 'ChargingStateChanged',
        transactionInfo: { chargingState: 'SuspendedEVSE' },
      },
    ]);
  });

  it('forgets the profile of a transaction with it, and keeps the default', () => {
    const one = charging16();
    set16(one, profile16(10));
    set16(one, profile16(20, { chargingProfileId: 2, chargingProfilePurpose: 'TxDefaultProfile' }));
    one.happens({ type: 'stop' });
    expect(one.state.store.profiles.map(({ id }) => id)).toEqual([2]);
  });

  it('takes the profile that comes with a remote start', () => {
    const one = new PaperCharger({ ...sandboxCharger('BLR-014'), car: CAR }).online();
    one.happens({ type: 'plug_in' });
    const start = (chargingProfile: object) =>
      status(one.call('RemoteStartTransaction', { idTag: 'T', connectorId: 1, chargingProfile }));
    const usual = profile16(10, { chargingProfilePurpose: 'TxDefaultProfile' });
    expect(start(usual)).toEqual({ status: 'Rejected' });
    expect(start(profile16(10))).toEqual({ status: 'Accepted' });
    expect(wattHours(one, HOUR)).toBe(6900);
  });
});

describe('what a charger makes of profiles', () => {
  it.each([
    ['for a transaction where none runs', profile16(10), 1],
    ['for a transaction of the whole station', profile16(10), 0],
    ['for the station on one connector', { chargingProfilePurpose: 'ChargePointMaxProfile' }, 1],
    ['on a connector it does not have', { chargingProfilePurpose: 'TxDefaultProfile' }, 9],
    ['of too high a level', { chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 10 }, 1],
  ])('refuses one %s', (_name, rest, connectorId) => {
    const one = new PaperCharger(sandboxCharger('BLR-014')).online();
    expect(set16(one, profile16(10, rest), connectorId)).toEqual({ status: 'Rejected' });
  });

  it('replaces the twin in 1.6, and refuses it in 2.0.1', () => {
    const old = charging16();
    set16(old, profile16(10));
    set16(old, profile16(12, { chargingProfileId: 2 }));
    expect(old.state.store.profiles.map(({ id }) => id)).toEqual([2]);
    const one = charging201();
    set201(one, profile201(one));
    expect(set201(one, profile201(one, { id: 2 }))).toEqual({
      status: 'Rejected',
      statusInfo: { reasonCode: 'DuplicateProfile' },
    });
  });

  it('says what may flow in the time to come, in the unit asked for', () => {
    const one = charging16();
    set16(one, profile16(6900, {}, 'W'));
    const ask = { connectorId: 1, duration: 3600, chargingRateUnit: 'A' };
    expect(status(one.call('GetCompositeSchedule', ask))).toMatchObject({
      status: 'Accepted',
      chargingSchedule: {
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 10, numberPhases: 3 }],
      },
    });
    const none = { connectorId: 4, duration: 60 };
    expect(status(one.call('GetCompositeSchedule', none))).toEqual({ status: 'Rejected' });
  });

  it('reports what it holds, as it came, in parts', () => {
    const one = charging201();
    const usual = { chargingProfilePurpose: 'TxDefaultProfile', transactionId: undefined };
    for (let id = 1; id <= 6; id += 1) {
      set201(one, profile201(one, { ...usual, id, stackLevel: id }), 2);
    }
    set201(one, profile201(one, { ...usual, id: 9 }), 0);
    const ask = (chargingProfile: object, requestId: number) =>
      status(one.call('GetChargingProfiles', { requestId, chargingProfile }));
    expect(ask({}, 5)).toEqual({ status: 'Accepted' });
    const parts = one.of('ReportChargingProfiles');
    expect(parts.map(({ evseId, tbc }) => [evseId, tbc])).toEqual([
      [2, true],
      [2, true],
      [0, false],
    ]);
    expect(JSON.stringify(parts[0])).toContain('"limit":30000');
    expect(ask({ chargingProfileId: [77] }, 6)).toEqual({ status: 'NoProfiles' });
    const clear = { chargingProfileCriteria: { evseId: 2, stackLevel: 3 } };
    expect(status(one.call('ClearChargingProfile', clear))).toEqual({ status: 'Accepted' });
    expect(one.state.store.profiles.map(({ id }) => id)).toEqual([1, 2, 4, 5, 6, 9]);
  });

  it('lets an ISO 15118 car say what it needs and which schedule it took', () => {
    const one = new PaperCharger(sandboxCharger('BLR-015')).online();
    const car = { ...CAR, iso15118: true, departureSeconds: 7200 };
    one.happens({ type: 'plug_in', connectorId: 1, car }).happens({ type: 'tap', tag: 'T' });
    expect(one.of('NotifyEVChargingNeeds')).toMatchObject([
      {
        evseId: 1,
        chargingNeeds: {
          requestedEnergyTransfer: 'DC',
          departureTime: '2026-01-15T14:00:00.000Z',
          // 90 % of 90 kWh are missing; the cable gives 120 kW of the car's 150.
          dcChargingParameters: { energyAmount: 81_000, evMaxPower: 120_000, stateOfCharge: 10 },
        },
      },
    ]);
    set201(one, profile201(one));
    expect(one.of('NotifyEVChargingSchedule')).toMatchObject([
      { evseId: 1, chargingSchedule: { id: 1, chargingRateUnit: 'W' } },
    ]);
  });
});
