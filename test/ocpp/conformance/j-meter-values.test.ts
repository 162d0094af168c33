import { describe, expect, test } from 'vitest';
import { MINUTE, sessionsOf, theSession } from '#test/support/ocpp-site.ts';
import { aStation, type Station, VALID } from '#test/support/station-201.ts';

const signedMeterValue = {
  signedMeterData: 'c2lnbmVk',
  signingMethod: '',
  encodingMethod: 'OCMF',
  publicKey: '',
};

/** Values of three quarters of an hour from now on, the last one at the end. */
function series(station: Station, context: string, more: object = {}) {
  const start = station.ctx.now().getTime();
  return [0, 1, 2].map((n) => ({
    timestamp: new Date(start + n * 20_000).toISOString(),
    sampledValue: [
      {
        value: 1_000_000 + n * 500,
        context: n === 2 ? 'Transaction.End' : context,
        ...more,
      },
    ],
  }));
}

describe('clock-aligned values', () => {
  const clock = (station: Station, value: number) => [
    {
      timestamp: station.ctx.now().toISOString(),
      sampledValue: [{ value, context: 'Sample.Clock' }],
    },
  ];

  test('TC_J_01_CSMS: are taken while no transaction goes on', async () => {
    const station = await aStation();
    for (const evseId of [0, 1, 0, 1, 0, 1]) {
      station.ctx.tick(15 * MINUTE);
      const values = { evseId, meterValue: clock(station, 1_000_000) };
      expect(await station.peer.call('MeterValues', values)).toEqual({});
    }
    expect(await sessionsOf(station.ctx)).toEqual([]);
  });

  test('TC_J_02_CSMS: are taken while one goes on, in and out of it', async () => {
    const station = await aStation();
    await station.charging();
    for (const _ of [1, 2, 3]) {
      const idle = { evseId: 0, meterValue: clock(station, 5_000_000) };
      expect(await station.peer.call('MeterValues', idle)).toEqual({});
      const meterValue = clock(station, station.meter());
      await station.event('Updated', { trigger: 'MeterValueClock', more: { meterValue } });
    }
    expect(await theSession(station.ctx)).toMatchObject({ energy_kwh: 3 });
  });
});

describe('values at the end of a transaction', () => {
  test.each([
    ['TC_J_03_CSMS: are taken, clock-aligned', 'Sample.Clock', {}],
    ['TC_J_04_CSMS: are taken, clock-aligned and signed', 'Sample.Clock', { signedMeterValue }],
    ['TC_J_10_CSMS: are taken, sampled', 'Sample.Periodic', {}],
    ['TC_J_11_CSMS: are taken, sampled and signed', 'Sample.Periodic', { signedMeterValue }],
  ])('%s', async (_, context, more) => {
    const station = await aStation();
    await station.charging();
    const meterValue = series(station, context, more);
    station.ctx.tick(MINUTE);
    await station.event('Ended', {
      trigger: 'EVCommunicationLost',
      state: 'Idle',
      stopped: 'EVDisconnected',
      more: { meterValue },
    });
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended', energy_kwh: 1 });
  });
});

describe('sampled values', () => {
  const begin = (station: Station) => ({
    meterValue: [
      {
        timestamp: station.ctx.now().toISOString(),
        sampledValue: [{ value: 1_000_000, context: 'Transaction.Begin' }],
      },
    ],
  });

  test('TC_J_07_CSMS: are taken at the start, of a known EVSE', async () => {
    const station = await aStation();
    await station.connector('Occupied');
    const told = { trigger: 'CablePluggedIn', state: 'EVConnected', more: begin(station) };
    expect(await station.event('Started', told)).toEqual({});
  });

  test('TC_J_08_CSMS: are taken at the start, when the EVSE is known only later', async () => {
    const station = await aStation();
    await station.authorize();
    await station.event('Started', { trigger: 'Authorized', token: VALID, evse: false });
    await station.connector('Occupied');
    await station.event('Updated', {
      trigger: 'CablePluggedIn',
      state: 'EVConnected',
      evse: true,
      more: begin(station),
    });
    await station.event('Updated', {
      trigger: 'ChargingStateChanged',
      state: 'Charging',
      wh: station.meter(),
    });
    expect(await theSession(station.ctx)).toMatchObject({ connector: 1, energy_kwh: 1 });
  });

  test('TC_J_09_CSMS: are taken while it goes on', async () => {
    const station = await aStation();
    await station.charging();
    for (const _ of [1, 2, 3])
      await station.event('Updated', { trigger: 'MeterValuePeriodic', wh: station.meter() });
    expect(await theSession(station.ctx)).toMatchObject({ energy_kwh: 3 });
  });
});
