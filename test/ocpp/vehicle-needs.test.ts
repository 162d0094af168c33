import { describe, expect, test } from 'vitest';
import { endpoint as getTimeline } from '#functions/api/sessions/get-session-timeline.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import type { FakeCharger } from '#test/support/fake-charger.ts';
import { sessionsOf } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aSmartCharger, cap, charging, profilesOn, setOn } from '#test/support/smart-charging.ts';

/** 20 kWh until six hours from now, by three phases of 6 to 32 A. */
const ac = (more: object = {}) => ({
  evseId: 1,
  chargingNeeds: {
    requestedEnergyTransfer: 'AC_three_phase',
    departureTime: '2026-06-01T10:30:00Z',
    acChargingParameters: {
      energyAmount: 20_000,
      evMinCurrent: 6,
      evMaxCurrent: 32,
      evMaxVoltage: 230,
    },
  },
  ...more,
});

async function aChargingCar() {
  const { ctx, charger } = await aSmartCharger('2.0.1');
  await charging(ctx, charger, '2.0.1');
  return { ctx, charger };
}

const told = (charger: FakeCharger) => {
  const { evseId, chargingProfile } = Object(charger.calls().at(-1)?.payload);
  const [{ chargingSchedulePeriod, ...schedule }] = chargingProfile.chargingSchedule;
  return { evseId, profile: chargingProfile, schedule, periods: chargingSchedulePeriod };
};

const because = async (ctx: TestContext) => {
  const [session] = await sessionsOf(ctx);
  const { text } = await call(ctx, getTimeline, { params: { session_id: session?.id } });
  return text;
};

describe('NotifyEVChargingNeeds', () => {
  test('is answered with a schedule for the transaction', async () => {
    const { ctx, charger } = await aChargingCar();
    expect(await charger.say('NotifyEVChargingNeeds', ac())).toEqual({ status: 'Accepted' });
    await settle(ctx);
    const { evseId, profile, schedule, periods } = told(charger);
    expect(evseId).toBe(1);
    expect(profile).toMatchObject({
      id: 1_000_100_001,
      stackLevel: 1,
      chargingProfilePurpose: 'TxProfile',
      transactionId: 'TX-1',
    });
    expect(schedule).toMatchObject({ chargingRateUnit: 'A', duration: 21_600 });
    // The socket gives 22 kW = 31.88 A, the car takes 22.08 kW: 22 kWh (20 and a tenth) in an hour;
    // then its least, 6 A.
    expect(periods).toEqual([
      { startPeriod: 0, limit: 31.8, numberPhases: 3 },
      { startPeriod: 3600, limit: 6, numberPhases: 3 },
    ]);
    await charger.answer({ status: 'Accepted' });
    const [session] = await sessionsOf(ctx);
    expect(session).toMatchObject({
      charging_needs: {
        departure_at: '2026-06-01T10:30:00Z',
        energy_kwh: 20,
        max_power_kw: 22.08,
        min_power_kw: 4.14,
      },
    });
    expect(await profilesOn(ctx)).toMatchObject([
      { set_by: 'vehicle_needs', session_id: session?.id, connector: 1 },
    ]);
    expect(await because(ctx)).toContain('The vehicle asks for 20 kWh until');
  });

  test('of direct current is answered in watts', async () => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await charger.say('TransactionEvent', {
      eventType: 'Started',
      timestamp: ctx.now().toISOString(),
      triggerReason: 'Authorized',
      seqNo: 0,
      transactionInfo: { transactionId: 'TX-2', chargingState: 'Charging' },
      evse: { id: 2, connectorId: 1 },
      idToken: { idToken: 'CARD', type: 'ISO14443' },
    });
    const dc = { evMaxCurrent: 125, evMaxVoltage: 400, energyAmount: 30_000, stateOfCharge: 20 };
    const needs = { requestedEnergyTransfer: 'DC', dcChargingParameters: dc };
    await charger.say('NotifyEVChargingNeeds', { evseId: 2, chargingNeeds: needs });
    await settle(ctx);
    // 125 A x 400 V; no departure: a day at most.
    expect(told(charger)).toMatchObject({
      schedule: { chargingRateUnit: 'W', duration: 86_400 },
      periods: [{ startPeriod: 0, limit: 50_000 }],
    });
  });

  test('heeds the limits that there are, and one period where the car takes no more', async () => {
    const { ctx, charger } = await aChargingCar();
    await charger.say('NotifyChargingLimit', {
      chargingLimit: { chargingLimitSource: 'EMS' },
      chargingSchedule: [
        { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] },
      ],
    });
    await charger.say('NotifyEVChargingNeeds', ac({ maxScheduleTuples: 1 }));
    await settle(ctx);
    expect(told(charger).periods).toMatchObject([{ startPeriod: 0, limit: expect.any(Number) }]);
    expect(told(charger).periods[0].limit).toBeLessThanOrEqual(10);
  });

  test('is kept to within a cap that is set later, and again without it', async () => {
    const { ctx, charger } = await aChargingCar();
    await charger.say('NotifyEVChargingNeeds', ac());
    await settle(ctx);
    await charger.answer({ status: 'Accepted' });
    await cap(ctx, { limit: { a: 10 }, connector: 1 });
    await charger.answer({ status: 'Accepted' });
    await charger.answer({ status: 'Accepted' });
    // 10 A = 6.9 kW: 22 kWh take 11,479 s.
    expect(await profilesOn(ctx)).toMatchObject([
      { purpose: 'default', periods: [{ limit_a: 10 }] },
      {
        set_by: 'vehicle_needs',
        periods: [{ limit_a: 10 }, { start_seconds: 11_479, limit_a: 6 }],
      },
    ]);
    await cap(ctx, { limit: null, connector: 1 });
    await charger.answer({ status: 'Accepted' });
    await charger.answer({ status: 'Accepted' });
    expect(await profilesOn(ctx)).toMatchObject([{ periods: [{ limit_a: 31.8 }, { limit_a: 6 }] }]);
  });

  test('is asked once more, and answered with the same slot', async () => {
    const { ctx, charger } = await aChargingCar();
    for (const _ of [1, 2]) {
      await charger.say('NotifyEVChargingNeeds', ac());
      await settle(ctx);
      await charger.answer({ status: 'Accepted' });
    }
    expect(await profilesOn(ctx)).toHaveLength(1);
  });

  test('is rejected where nothing charges, or no longer', async () => {
    const { charger } = await aSmartCharger('2.0.1');
    for (const evseId of [1, 2, 0, 99])
      expect(await charger.say('NotifyEVChargingNeeds', ac({ evseId }))).toEqual({
        status: 'Rejected',
      });
    expect(charger.calls()).toEqual([]);
  });
});

describe('NotifyEVChargingSchedule', () => {
  const plan = (limit: number, unit = 'W', more: object = {}) => ({
    timeBase: '2026-06-01T04:30:00Z',
    evseId: 1,
    chargingSchedule: {
      id: 1,
      duration: 3600,
      chargingRateUnit: unit,
      chargingSchedulePeriod: [{ startPeriod: 0, limit }],
      ...more,
    },
  });

  test('is kept with the session', async () => {
    const { ctx, charger } = await aChargingCar();
    expect(await charger.say('NotifyEVChargingSchedule', plan(7400))).toEqual({
      status: 'Accepted',
    });
    expect(await sessionsOf(ctx)).toMatchObject([
      {
        vehicle_schedule: {
          starts_at: '2026-06-01T04:30:00Z',
          duration_seconds: 3600,
          periods: [{ start_seconds: 0, power_kw: 7.4, current_a: null }],
          within_limits: true,
        },
      },
    ]);
  });

  test('is rejected where it takes more than the profiles allow, at any time of it', async () => {
    const { ctx, charger } = await aChargingCar();
    const later = { start_seconds: 1800, limit_a: 6 };
    await setOn(ctx, { periods: [{ start_seconds: 0, limit_a: 16 }, later] });
    await charger.answer({ status: 'Accepted' });
    const say = async (...asked: Parameters<typeof plan>) =>
      Object(await charger.say('NotifyEVChargingSchedule', plan(...asked))).status;
    expect(await say(6, 'A')).toBe('Accepted');
    expect(await say(16, 'A')).toBe('Rejected');
    const periods = [
      { startPeriod: 0, limit: 16 },
      { startPeriod: 1800, limit: 6 },
    ];
    expect(await say(0, 'A', { chargingSchedulePeriod: periods })).toBe('Accepted');
    expect(await sessionsOf(ctx)).toMatchObject([{ vehicle_schedule: { within_limits: true } }]);
    expect(await say(11_000)).toBe('Rejected');
    expect(await sessionsOf(ctx)).toMatchObject([{ vehicle_schedule: { within_limits: false } }]);
    expect(await because(ctx)).toContain('told to plan anew');
  });

  test('is held to the schedule just offered, before the charger has answered that', async () => {
    const { ctx, charger } = await aChargingCar();
    await charger.say('NotifyEVChargingNeeds', ac());
    await settle(ctx);
    // 31.8 A were offered.
    expect(await charger.say('NotifyEVChargingSchedule', plan(31.8, 'A'))).toEqual({
      status: 'Accepted',
    });
    expect(await charger.say('NotifyEVChargingSchedule', plan(63.6, 'A'))).toEqual({
      status: 'Rejected',
    });
  });

  test('that takes too much is followed by a schedule anew, once', async () => {
    const { ctx, charger } = await aChargingCar();
    const offers = () => charger.calls().filter((c) => c.action === 'SetChargingProfile').length;
    const say = async (limit: number) => {
      const { status } = Object(await charger.say('NotifyEVChargingSchedule', plan(limit, 'A')));
      await settle(ctx);
      return { status, offers: offers() };
    };
    await charger.say('NotifyEVChargingNeeds', ac());
    await settle(ctx);
    await charger.answer({ status: 'Accepted' });
    expect(await say(63.6)).toEqual({ status: 'Rejected', offers: 2 });
    expect(told(charger)).toMatchObject({
      profile: { id: 1_000_100_001, transactionId: 'TX-1' },
      periods: [{ startPeriod: 0, limit: 31.8, numberPhases: 3 }, { limit: 6 }],
    });
    await charger.answer({ status: 'Accepted' });
    expect(await say(63.6)).toEqual({ status: 'Rejected', offers: 2 });
    expect(await say(31.8)).toEqual({ status: 'Accepted', offers: 2 });
    expect(await say(63.6)).toEqual({ status: 'Rejected', offers: 3 });
  });

  test('is held to no schedule that the charger refused', async () => {
    const { ctx, charger } = await aChargingCar();
    await charger.say('NotifyEVChargingNeeds', ac());
    await settle(ctx);
    await charger.answer({ status: 'Rejected' });
    expect(await charger.say('NotifyEVChargingSchedule', plan(63.6, 'A'))).toEqual({
      status: 'Accepted',
    });
  });

  test('is rejected where nothing charges', async () => {
    const { charger } = await aSmartCharger('2.0.1');
    expect(await charger.say('NotifyEVChargingSchedule', plan(1))).toEqual({ status: 'Rejected' });
  });
});
