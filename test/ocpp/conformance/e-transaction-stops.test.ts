import { describe, expect, test } from 'vitest';
import { endpoint as stopSession } from '#functions/api/sessions/stop-session.ts';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { call } from '#test/support/call.ts';
import { theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aStation, type Station } from '#test/support/station-201.ts';

/** The one session has ended for this reason, and there is one bill for it. */
async function endedOnce({ ctx }: Station, stop_reason: string) {
  await settle(ctx);
  expect(await theSession(ctx)).toMatchObject({ status: 'ended', stop_reason });
  expect((await listCdrs(ctx, {}, { limit: 5 })).items).toHaveLength(1);
}

describe('a transaction may stop', () => {
  test.each([
    ['TC_E_07_CSMS: by the driver, when the power path opens'],
    ['TC_E_15_CSMS: by the driver at the station'],
  ])('%s', async () => {
    const station = await aStation();
    await station.charging();
    await station.event('Ended', {
      trigger: 'StopAuthorized',
      stopped: 'Local',
      wh: station.meter(),
    });
    await endedOnce(station, 'local');
  });

  test('TC_E_08_CSMS: when energy stops after the driver said so', async () => {
    const station = await aStation();
    await station.stopAuthorized();
    const told = { trigger: 'ChargingStateChanged', state: 'EVConnected', stopped: 'Local' };
    await station.event('Ended', told);
    await endedOnce(station, 'local');
  });

  test('TC_E_14_CSMS: by taking the cable out at the station', async () => {
    const station = await aStation();
    await station.stopAuthorized();
    await station.disconnected();
    await endedOnce(station, 'ev_disconnected');
  });

  test('TC_E_20_CSMS: by taking the cable out at the car', async () => {
    const station = await aStation();
    await station.suspended();
    await station.disconnected();
    await endedOnce(station, 'ev_disconnected');
  });

  test('TC_E_16_CSMS: because its token is not valid', async () => {
    const station = await aStation({ organization: { accept_unknown_tokens: false } });
    const answer = await station.event('Started', { trigger: 'Authorized', token: 'NOBODY' });
    expect(answer).toMatchObject({ idTokenInfo: { status: 'Unknown' } });
    await station.event('Ended', { trigger: 'Deauthorized', stopped: 'DeAuthorized' });
    await endedOnce(station, 'deauthorized');
  });

  test('TC_E_17_CSMS: because the car is gone', async () => {
    const station = await aStation();
    await station.suspended();
    const gone = { trigger: 'EVCommunicationLost', state: 'Idle', stopped: 'EVDisconnected' };
    await station.event('Ended', gone);
    await endedOnce(station, 'ev_disconnected');
  });

  test('TC_E_19_CSMS: when the car leaves the bay', async () => {
    const station = await aStation();
    await station.stopAuthorized();
    const away = { trigger: 'EVCommunicationLost', state: 'Idle' };
    await station.event('Updated', away);
    await station.connector('Available');
    await station.event('Ended', { trigger: 'EVDeparted', stopped: 'Local' });
    await endedOnce(station, 'local');
  });

  test('TC_E_21_CSMS: from afar', async () => {
    const station = await aStation();
    await station.charging();
    const { id } = await theSession(station.ctx);
    await call(station.ctx, stopSession, { params: { session_id: id } });
    const asked = await station.asked('RequestStopTransaction');
    expect(asked.payload).toEqual({ transactionId: 'TX-1' });
    await station.reply(asked);
    await station.event('Ended', {
      trigger: 'RemoteStop',
      stopped: 'Remote',
      wh: station.meter(),
    });
    await endedOnce(station, 'remote');
  });

  test('TC_E_22_CSMS: when the car takes no more', async () => {
    const station = await aStation();
    await station.charging();
    const told = { trigger: 'ChargingStateChanged', state: 'SuspendedEV', stopped: 'StoppedByEV' };
    await station.event('Ended', { ...told, wh: station.meter() });
    await settle(station.ctx);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended' });
  });

  test('TC_E_39_CSMS: because no car came in time', async () => {
    const station = await aStation();
    await station.authorized();
    await station.event('Ended', { trigger: 'EVConnectTimeout', stopped: 'Timeout' });
    await settle(station.ctx);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended', energy_kwh: 0 });
  });

  test('TC_E_26_CSMS: and go on when the cable comes back', async () => {
    const station = await aStation();
    await station.suspended();
    await station.event('Updated', { trigger: 'EVCommunicationLost', state: 'Idle' });
    await station.connector('Available');
    await station.connector('Occupied');
    await station.event('Updated', { trigger: 'CablePluggedIn', state: 'EVConnected' });
    await station.event('Updated', { trigger: 'ChargingStateChanged', state: 'Charging' });
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
  });
});
