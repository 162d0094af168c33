import { describe, expect, test } from 'vitest';
import { sessionsOf, theSession } from '#test/support/ocpp-site.ts';
import { aStation, VALID } from '#test/support/station-201.ts';

const accepted = { idTokenInfo: { status: 'Accepted' } };

describe('a transaction may start', () => {
  test('TC_E_01_CSMS: when the power path is closed', async () => {
    const station = await aStation();
    expect(await station.authorize()).toMatchObject(accepted);
    await station.connector('Occupied');
    const started = { trigger: 'ChargingStateChanged', token: VALID, state: 'SuspendedEVSE' };
    expect(await station.event('Started', started)).toMatchObject(accepted);
    await station.event('Updated', { trigger: 'ChargingStateChanged', state: 'Charging' });
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
  });

  test('TC_E_02_CSMS: when energy flows', async () => {
    const station = await aStation();
    expect(await station.authorize()).toMatchObject(accepted);
    await station.connector('Occupied');
    const started = { trigger: 'ChargingStateChanged', token: VALID, state: 'Charging' };
    expect(await station.event('Started', started)).toMatchObject(accepted);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
  });

  test('TC_E_03_CSMS: by the cable, before the driver', async () => {
    const station = await aStation();
    await station.charging();
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging', connector: 1 });
  });

  test('TC_E_04_CSMS: by the driver, before the cable', async () => {
    const station = await aStation();
    await station.authorized();
    await station.connector('Occupied');
    await station.event('Updated', { trigger: 'CablePluggedIn', state: 'EVConnected' });
    await station.event('Updated', { trigger: 'ChargingStateChanged', state: 'Charging' });
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
  });

  test('TC_E_09_CSMS: when the car is connected, and is no session before there is a driver', async () => {
    const station = await aStation();
    await station.connector('Occupied');
    const started = { trigger: 'CablePluggedIn', state: 'EVConnected' };
    expect(await station.event('Started', started)).toEqual({});
    expect(await sessionsOf(station.ctx)).toEqual([]);
  });

  test('TC_E_10_CSMS: when the driver is authorised at the station', async () => {
    const station = await aStation();
    expect(await station.authorize()).toMatchObject(accepted);
    const started = { trigger: 'Authorized', token: VALID };
    expect(await station.event('Started', started)).toMatchObject(accepted);
    expect(await theSession(station.ctx)).toMatchObject({ auth_method: 'rfid' });
  });

  test('TC_E_11_CSMS: when signed meter data has come', async () => {
    const station = await aStation();
    expect(await station.authorize()).toMatchObject(accepted);
    await station.connector('Occupied');
    const signedMeterValue = {
      signedMeterData: 'c2lnbmVk',
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: '',
    };
    const sampledValue = [{ value: 0, context: 'Transaction.Begin', signedMeterValue }];
    const meterValue = [{ timestamp: station.ctx.now().toISOString(), sampledValue }];
    const told = { trigger: 'SignedDataReceived', token: VALID, more: { meterValue } };
    expect(await station.event('Started', told)).toMatchObject(accepted);
    await station.event('Updated', { trigger: 'ChargingStateChanged', state: 'Charging' });
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
  });

  test('TC_E_12_CSMS: when a car stands in the bay', async () => {
    const station = await aStation();
    expect(await station.event('Started', { trigger: 'EVDetected' })).toEqual({});
    expect(await sessionsOf(station.ctx)).toEqual([]);
  });

  test('TC_E_38_CSMS: with a car that is not ready', async () => {
    const station = await aStation();
    await station.authorized();
    await station.connector('Occupied');
    await station.event('Updated', { trigger: 'CablePluggedIn', state: 'EVConnected' });
    await station.event('Updated', { trigger: 'ChargingStateChanged', state: 'SuspendedEV' });
    expect(await theSession(station.ctx)).toMatchObject({ suspended_by: 'vehicle' });
  });

  test('TC_E_53_CSMS: with the number 0, each time', async () => {
    const station = await aStation();
    await station.charging();
    await station.disconnected();
    station.next('TX-2');
    await station.charging();
    await station.disconnected();
    const both = await sessionsOf(station.ctx);
    expect(both).toMatchObject([
      { transaction_id: 'TX-1', status: 'ended', flags: [] },
      { transaction_id: 'TX-2', status: 'ended', flags: [] },
    ]);
  });
});
