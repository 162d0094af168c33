import { describe, expect, test } from 'vitest';
import { listMeterValues } from '#shared/sessions/meter-values.ts';
import { anHour16, EIGHT_KWH, start16, stop16 } from '#test/support/charge-16.ts';
import { eventOf } from '#test/support/charge-201.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import {
  aPricedPeer,
  aPricedWorld,
  atMinute,
  MINUTE,
  theSession,
} from '#test/support/ocpp-site.ts';
import { at30, lastSample, of, register, sampled } from '#test/support/sampled-16.ts';

const total = of('Energy.Active.Import.Register', '1004000', { unit: 'Wh' });
const byPhase = (phase: string, value: string) =>
  of('Energy.Active.Import.Register', value, { unit: 'kWh', phase });

describe('the register', () => {
  // Gotcha 31: what is left out is the imported energy at the outlet, in Wh.
  test.each([
    ['without any attribute', [register('1004000')]],
    [
      'with all of them',
      [{ ...total, context: 'Sample.Periodic', location: 'Outlet', format: 'Raw' }],
    ],
    ['in kWh', [register('1004', { unit: 'kWh' })]],
    ['with a fraction of a Wh', [register('1004000.4')]],
    ['as a number, which 1.6 does not allow', [register(1_004_000)]],
    ['by phase alone', [byPhase('L1', '300.5'), byPhase('L2', '300.25'), byPhase('L3', '403.25')]],
    ['by phase and in all', [byPhase('L1', '334'), total, byPhase('L2', '335')]],
    ['at the inlet alone', [{ ...total, location: 'Inlet' }]],
    ['at the inlet and the outlet', [register('1009000', { location: 'Inlet' }), total]],
    ['beside what was exported', [of('Energy.Active.Export.Register', '7'), total]],
    ['beside the energy of an interval', [of('Energy.Active.Import.Interval', '50'), total]],
    ['beside a reading that is no number', [register('n/a'), total, register('')]],
    ['beside a signature', [{ value: 'T0NNRnw=', format: 'SignedData' }, total]],
    ['beside units that the schema lacks', [of('Frequency', '50', { unit: 'Hz' }), total]],
  ])('is read %s', async (_how, sampledValue) => {
    const { sample, session } = await sampled(sampledValue);
    expect(sample).toMatchObject({ register_kwh: 1004, energy_kwh: 4 });
    expect(session).toMatchObject({ energy_kwh: 4, cost: { subtotal: { amount: '64.00' } } });
  });

  // Gotcha 33.
  test('that falls within a session loses no energy and counts none twice', async () => {
    const { ctx, charger, transactionId } = await anHour16();
    const report = (minute: number, wh: number) => {
      const meterValue = [{ timestamp: atMinute(minute), sampledValue: [register(String(wh))] }];
      return charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    };
    // 4 kWh on the old meter, 2 and 2 on the new one.
    await report(20, 1_004_000);
    await report(30, 500);
    await report(40, 2_500);
    await charger.call('StopTransaction', stop16(transactionId, { meterStop: 4_500 }));
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: ['meter_reset'] });
  });

  // Gotcha 31: kilowatt-hours under the name of Wh, between a start and a stop that are in Wh.
  test.each([
    ['a reading', [1004]],
    ['readings', [1001, 1002, 1004, 1006, 1008]],
    ['readings, the last of which leaps back', [1002, 1_004_000, 1006]],
  ])(
    'is what start and stop state, whatever %s between them say in another unit',
    async (_, told) => {
      const { ctx, charger, transactionId } = await anHour16();
      for (const [n, wh] of told.entries()) {
        const sampledValue = [register(String(wh))];
        const meterValue = [{ timestamp: atMinute(10 + n * 10), sampledValue }];
        await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
      }
      await charger.call('StopTransaction', stop16(transactionId));
      const session = await theSession(ctx);
      expect(session).toMatchObject(EIGHT_KWH);
      expect(session.flags).toContain('meter_reset');
    },
  );

  test('that leaps by more than can be charged is another meter, and so is its return', async () => {
    const { ctx, charger, transactionId } = await anHour16();
    const report = (minute: number, wh: number) => {
      const meterValue = [{ timestamp: atMinute(minute), sampledValue: [register(String(wh))] }];
      return charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    };
    // 4 kWh, then a reading of something else, then 4 kWh again.
    await report(30, 1_004_000);
    await report(31, 500_000_000_000);
    await report(32, 1_004_000);
    await charger.call('StopTransaction', stop16(transactionId));
    const flags = ['meter_leap', 'meter_reset'];
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags });
  });

  test('may rise as fast as the fastest charger in live mode, and no faster', async () => {
    const energyAfter = async (wh: number) => {
      const ctx = await aPricedWorld({ livemode: true });
      const charger = await aPeer(ctx, { id: 'CP-1', registered: true });
      const { transactionId } = await charger.call('StartTransaction', start16());
      ctx.tick(15 * MINUTE);
      const stop = { meterStop: 1_000_000 + wh, timestamp: atMinute(15) };
      await charger.call('StopTransaction', stop16(transactionId, stop));
      return (await theSession(ctx)).energy_kwh;
    };
    // 4 MW for a quarter of an hour, and 10 kWh for coarse clocks.
    expect(await energyAfter(1_010_000)).toBe(1010);
    expect(await energyAfter(1_010_001)).toBe(0);
  });

  // Connector 0 is the charger, and its meter counts all of them.
  test('of the charger itself is no session’s', async () => {
    const { ctx, charger } = await anHour16();
    for (const transaction of [{}, { transactionId: 0 }]) {
      const meterValue = at30(register('1009000'));
      await charger.call('MeterValues', { connectorId: 0, ...transaction, meterValue });
    }
    expect((await theSession(ctx)).energy_kwh).toBe(0);
  });

  test.each([
    ['below its start', 500],
    ['below zero', -1_000_000],
    ['beyond any meter', 1e300],
  ])('that stops %s is never billed below nothing', async (_where, meterStop) => {
    const { ctx, charger, transactionId } = await anHour16();
    await charger.call('StopTransaction', stop16(transactionId, { meterStop }));
    expect(await theSession(ctx)).toMatchObject({
      status: 'ended',
      energy_kwh: 0,
      cost: { total: { amount: '0.00' } },
    });
  });

  test('that was not told at the start counts from its first reading, and is marked', async () => {
    const { ctx, charger } = await aPricedPeer();
    const { transactionId } = await charger.call(
      'StartTransaction',
      start16({ meterStart: 'n/a' }),
    );
    ctx.tick(60 * MINUTE);
    const meterValue = at30(register('1000000'));
    await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    await charger.call('StopTransaction', stop16(transactionId));
    expect(await theSession(ctx)).toMatchObject({
      ...EIGHT_KWH,
      flags: expect.arrayContaining(['meter_start_assumed']),
    });
  });
});

// Gotcha 32: a number and its power of ten, exact.
test.each([
  [1_004_000, undefined, undefined],
  [1004, 3, 'Wh'],
  [10_040_000, -1, 'Wh'],
  [1004, 0, 'kWh'],
  [1.004, 3, 'kWh'],
  [1_004_000_000, -3, undefined],
])('2.0.1: %d times ten to the %j in %j is 1,004 kWh', async (value, multiplier, unit) => {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  const evse = { id: 1 };
  const begun = { type: 'Started', seq: 0, wh: 1_000_000, token: 'DRIVER', evse } as const;
  await charger.call('TransactionEvent', eventOf({ ...begun, state: 'Charging' }));
  ctx.tick(60 * MINUTE);
  const unitOfMeasure = {
    ...(unit === undefined ? {} : { unit }),
    ...(multiplier === undefined ? {} : { multiplier }),
  };
  const meterValue = at30({ value, unitOfMeasure });
  await charger.call('TransactionEvent', eventOf({ seq: 1, minute: 30, more: { meterValue } }));
  expect(await lastSample(ctx)).toMatchObject({ register_kwh: 1004, energy_kwh: 4 });
});

// Gotcha 35: before the charger has learnt its transaction, and by the clock.
test.each([{ transactionId: -1 }, { transactionId: 0 }, {}])(
  'samples of %j belong to the session on their connector',
  async (transaction) => {
    const { ctx, charger } = await anHour16();
    const report = { connectorId: 1, ...transaction, meterValue: at30(register('1004000')) };
    await charger.call('MeterValues', report);
    expect((await theSession(ctx)).energy_kwh).toBe(4);
    await charger.call('MeterValues', { ...report, connectorId: 2 });
    expect((await theSession(ctx)).energy_kwh).toBe(4);
  },
);

// Gotcha 23: a queue that is emptied after newer samples were sent.
test('older samples join the series, and leave power, energy and cost alone', async () => {
  const { ctx, charger } = await anHour16();
  const report = (minute: number, wh: number, power: number) =>
    charger.call('MeterValues', {
      connectorId: 1,
      transactionId: 1,
      meterValue: [
        {
          timestamp: atMinute(minute),
          sampledValue: [register(String(wh)), of('Power.Active.Import', String(power))],
        },
      ],
    });
  await report(40, 1_006_000, 11_000);
  const before = await theSession(ctx);
  await report(20, 1_003_000, 7_000);
  const { items } = await listMeterValues(ctx, before.id, { limit: 10 });
  expect(items.map(({ energy_kwh }) => energy_kwh)).toEqual([3, 6]);
  const { energy_kwh, active_power_kw, cost, flags } = await theSession(ctx);
  expect({ energy_kwh, active_power_kw, lines: cost.lines, flags }).toEqual({
    energy_kwh: 6,
    active_power_kw: 11,
    lines: before.cost.lines,
    flags: [],
  });
});

test('samples after the end join the series, and change nothing else', async () => {
  const { ctx, charger, transactionId } = await anHour16();
  await charger.call('StopTransaction', stop16(transactionId));
  const meterValue = at30(register('1004000'));
  await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
  expect(await theSession(ctx)).toMatchObject(EIGHT_KWH);
  const { items } = await listMeterValues(ctx, (await theSession(ctx)).id, { limit: 10 });
  expect(items.map(({ register_kwh }) => register_kwh)).toEqual([1004, 1008]);
});
