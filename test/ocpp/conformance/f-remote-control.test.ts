import { describe, expect, test } from 'vitest';
import { endpoint as triggerMessage } from '#functions/api/commands/trigger-message.ts';
import { endpoint as unlockConnector } from '#functions/api/commands/unlock-connector.ts';
import { endpoint as startSession } from '#functions/api/sessions/start-session.ts';
import { listCommands } from '#shared/commands/list-commands.ts';
import { call } from '#test/support/call.ts';
import { theSession } from '#test/support/ocpp-site.ts';
import { aStation, type Station } from '#test/support/station-201.ts';

describe('a transaction is started from afar', () => {
  async function requested(station: Station) {
    const body = { charger_id: 'CP-1', connector: 1 };
    expect(await call(station.ctx, startSession, { body })).toMatchObject({ status: 201 });
    const asked = await station.asked('RequestStartTransaction');
    const { payload } = asked;
    const { idToken } = payload['idToken'] as { idToken: string };
    return { asked, remoteStartId: Number(payload['remoteStartId']), token: idToken };
  }
  async function ready() {
    const station = await aStation();
    await station.connector('Available');
    return station;
  }
  const remote = (remoteStartId: number) => ({ trigger: 'RemoteStart', info: { remoteStartId } });
  const flows = { trigger: 'ChargingStateChanged', state: 'Charging' };

  test('TC_F_01_CSMS: after the cable', async () => {
    const station = await ready();
    await station.connector('Occupied');
    const plugged = { trigger: 'CablePluggedIn', state: 'EVConnected' };
    await station.event('Started', plugged);
    const { asked, remoteStartId } = await requested(station);
    await station.reply(asked, { status: 'Accepted', transactionId: 'TX-1' });
    await station.event('Updated', remote(remoteStartId));
    await station.event('Updated', flows);
    expect(await theSession(station.ctx)).toMatchObject({
      status: 'charging',
      transaction_id: 'TX-1',
      auth_method: 'api',
    });
  });

  test('TC_F_02_CSMS: before the cable, by a station that authorises the token itself', async () => {
    const station = await ready();
    const { asked, remoteStartId, token } = await requested(station);
    await station.reply(asked);
    expect(await station.authorize(token)).toMatchObject({ idTokenInfo: { status: 'Accepted' } });
    await station.event('Started', { ...remote(remoteStartId), token });
    await station.event('Updated', flows);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging', auth_method: 'api' });
  });

  test('TC_F_03_CSMS: before the cable', async () => {
    const station = await ready();
    const { asked, remoteStartId, token } = await requested(station);
    await station.reply(asked);
    await station.event('Started', { ...remote(remoteStartId), token });
    await station.event('Updated', flows);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
  });

  test('TC_F_04_CSMS: and no cable comes', async () => {
    const station = await ready();
    const { asked, remoteStartId, token } = await requested(station);
    await station.reply(asked);
    await station.event('Started', { ...remote(remoteStartId), token });
    await station.event('Updated', { trigger: 'EVConnectTimeout' });
    expect(await theSession(station.ctx)).toMatchObject({ energy_kwh: 0 });
  });
});

test('TC_F_06_CSMS: a connector is unlocked', async () => {
  const station = await aStation();
  await station.connector('Available');
  const params = { charger_id: 'CP-1' };
  await call(station.ctx, unlockConnector, { params, body: { connector: 1 } });
  const asked = await station.asked('UnlockConnector');
  expect(asked.payload).toEqual({ evseId: 1, connectorId: 1 });
  await station.reply(asked, { status: 'Unlocked' });
  expect(await lastCommand(station)).toMatchObject({ result: { outcome: 'unlocked' } });
});

describe('a message is triggered', () => {
  async function triggered(station: Station, body: object, status = 'Accepted') {
    await call(station.ctx, triggerMessage, { params: { charger_id: 'CP-1' }, body });
    const asked = await station.asked('TriggerMessage');
    await station.reply(asked, { status });
    return asked.payload;
  }
  async function idle() {
    const station = await aStation();
    await station.connector('Available');
    return station;
  }
  const sampled = (station: Station) => [
    {
      timestamp: station.ctx.now().toISOString(),
      sampledValue: [{ value: 1_000_000, context: 'Trigger' }],
    },
  ];

  test('TC_F_11_CSMS: meter values of one EVSE', async () => {
    const station = await idle();
    const payload = await triggered(station, { message: 'meter_values', connector: 1 });
    expect(payload).toEqual({ requestedMessage: 'MeterValues', evse: { id: 1 } });
    const values = { evseId: 1, meterValue: sampled(station) };
    expect(await station.peer.call('MeterValues', values)).toEqual({});
  });

  test('TC_F_12_CSMS: meter values of all', async () => {
    const station = await idle();
    const payload = await triggered(station, { message: 'meter_values' });
    expect(payload).toEqual({ requestedMessage: 'MeterValues' });
    const values = { evseId: 0, meterValue: sampled(station) };
    expect(await station.peer.call('MeterValues', values)).toEqual({});
  });

  test.each([
    ['TC_F_13_CSMS: the transaction of one EVSE', { connector: 1 }, { evse: { id: 1 } }],
    ['TC_F_14_CSMS: the transactions of all', {}, {}],
  ])('%s', async (_, place, evse) => {
    const station = await aStation();
    await station.charging();
    const payload = await triggered(station, { message: 'transaction', ...place });
    expect(payload).toEqual({ requestedMessage: 'TransactionEvent', ...evse });
    const told = { trigger: 'Trigger', state: 'Charging', wh: station.meter() };
    await station.event('Updated', told);
    expect(await theSession(station.ctx)).toMatchObject({ energy_kwh: 1 });
  });

  test('TC_F_15_CSMS: the state of the log upload', async () => {
    const station = await idle();
    const payload = await triggered(station, { message: 'log_status' });
    expect(payload).toEqual({ requestedMessage: 'LogStatusNotification' });
    expect(await station.peer.call('LogStatusNotification', { status: 'Idle' })).toEqual({});
  });

  test('TC_F_18_CSMS: the state of the firmware', async () => {
    const station = await idle();
    const payload = await triggered(station, { message: 'firmware_status' });
    expect(payload).toEqual({ requestedMessage: 'FirmwareStatusNotification' });
    expect(await station.peer.call('FirmwareStatusNotification', { status: 'Idle' })).toEqual({});
  });

  test('TC_F_20_CSMS: a heartbeat', async () => {
    const station = await idle();
    const payload = await triggered(station, { message: 'heartbeat' });
    expect(payload).toEqual({ requestedMessage: 'Heartbeat' });
    const currentTime = station.ctx.now().toISOString();
    expect(await station.peer.call('Heartbeat')).toEqual({ currentTime });
  });

  test.each([
    ['TC_F_23_CSMS: the status of a free connector', 'Available'],
    ['TC_F_24_CSMS: the status of an occupied connector', 'Occupied'],
  ] as const)('%s', async (_, status) => {
    const station = await aStation();
    await station.connector(status);
    const payload = await triggered(station, { message: 'status', connector: 1 });
    expect(payload).toEqual({
      requestedMessage: 'StatusNotification',
      evse: { id: 1, connectorId: 1 },
    });
    await station.connector(status);
  });

  test('TC_F_27_CSMS: one the station does not have', async () => {
    const station = await idle();
    await triggered(station, { message: 'heartbeat' }, 'NotImplemented');
    expect(await lastCommand(station)).toMatchObject({ status: 'rejected' });
  });
});

async function lastCommand({ ctx }: Station) {
  const { items } = await listCommands(ctx, { charger_id: 'CP-1' }, { limit: 1 });
  return items[0];
}
