import { describe, expect, test } from 'vitest';
import { endpoint as updateCharger } from '#functions/api/chargers/update-charger.ts';
import { endpoint as resetCharger } from '#functions/api/commands/reset-charger.ts';
import { endpoint as sendRaw } from '#functions/api/commands/send-raw-ocpp-message.ts';
import { endpoint as getConfiguration } from '#functions/api/configuration/get-charger-configuration.ts';
import { endpoint as refresh } from '#functions/api/configuration/refresh-charger-configuration.ts';
import { endpoint as update } from '#functions/api/configuration/update-charger-configuration.ts';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { listCommands } from '#shared/commands/list-commands.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { call } from '#test/support/call.ts';
import { theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aStation, type Station, VALID } from '#test/support/station-201.ts';

const ask = (station: Station, endpoint: Endpoint, body: object) =>
  call(station.ctx, endpoint, { params: { charger_id: 'CP-1' }, body });
const boot = (station: Station, reason = 'PowerUp') =>
  station.peer.call('BootNotification', {
    reason,
    chargingStation: { model: 'MX-EV-120', vendorName: 'Magma' },
  });
const lastCommand = async ({ ctx }: Station) =>
  (await listCommands(ctx, { charger_id: 'CP-1' }, { limit: 1 })).items[0];

describe('a station boots', () => {
  const register = (station: Station, registration: string) =>
    ask(station, updateCharger, { registration });

  test('TC_B_01_CSMS: and is accepted', async () => {
    const station = await aStation();
    expect(await boot(station)).toMatchObject({ status: 'Accepted' });
    await station.connector('Available');
  });

  test('TC_B_02_CSMS: and waits, may be configured meanwhile, and is accepted later', async () => {
    const station = await aStation();
    await register(station, 'pending');
    expect(await boot(station)).toMatchObject({ status: 'Pending', interval: 60 });
    const items = [{ component: 'OCPPCommCtrlr', name: 'OfflineThreshold', value: '123' }];
    await ask(station, update, { items });
    await station.reply(
      await station.asked('SetVariables'),
      setAll(await station.asked('SetVariables')),
    );
    await register(station, 'accepted');
    expect(await boot(station)).toMatchObject({ status: 'Accepted' });
    await station.connector('Available');
  });

  test.each(['pending', 'rejected'])(
    'TC_B_30_CSMS: and says more than it may before it is accepted',
    async (registration) => {
      const station = await aStation();
      await register(station, registration);
      await boot(station);
      const status = {
        timestamp: station.ctx.now().toISOString(),
        connectorStatus: 'Available',
        evseId: 1,
        connectorId: 1,
      };
      expect(await station.peer.refusal('StatusNotification', status)).toBe('SecurityError');
    },
  );

  test('TC_B_31_CSMS: and is asked to boot again as soon as it is accepted', async () => {
    const station = await aStation();
    await register(station, 'pending');
    expect(await boot(station)).toMatchObject({ status: 'Pending' });
    await register(station, 'accepted');
    const asked = await station.asked('TriggerMessage');
    expect(asked.payload).toEqual({ requestedMessage: 'BootNotification' });
    await station.reply(asked);
    expect(await boot(station, 'Triggered')).toMatchObject({ status: 'Accepted' });
    await station.connector('Available');
  });
});

/** Accepts all that is to be set. */
function setAll({ payload }: { payload: Readonly<Record<string, unknown>> }) {
  const data = payload['setVariableData'] as { component: object; variable: object }[];
  return {
    setVariableResult: data.map(({ component, variable }) => ({
      attributeStatus: 'Accepted',
      component,
      variable,
    })),
  };
}

const OFFLINE = { component: 'OCPPCommCtrlr', name: 'OfflineThreshold' };
const REMOTE = { component: 'AuthCtrlr', name: 'AuthorizeRemoteStart' };
const wire = ({ component, name }: { component: string; name: string }) => ({
  component: { name: component },
  variable: { name },
});

describe('variables', () => {
  test.each([
    ['TC_B_06_CSMS: one is read', [OFFLINE]],
    ['TC_B_07_CSMS: several are read', [OFFLINE, REMOTE]],
  ])('%s', async (_, items) => {
    const station = await aStation();
    await ask(station, refresh, { items });
    const asked = await station.asked('GetVariables');
    expect(asked.payload['getVariableData']).toMatchObject(items.map(wire));
    const getVariableResult = items.map((item) => ({
      ...wire(item),
      attributeStatus: 'Accepted',
      attributeValue: '77',
    }));
    await station.reply(asked, { getVariableResult });
    expect(await lastCommand(station)).toMatchObject({ status: 'completed' });
    const { text } = await call(station.ctx, getConfiguration, { params: { charger_id: 'CP-1' } });
    expect(text.match(/"value":"77"/g)).toHaveLength(items.length);
  });

  test.each([
    ['TC_B_09_CSMS: one is set', [{ ...OFFLINE, value: '123' }]],
    [
      'TC_B_10_CSMS: several are set',
      [
        { ...OFFLINE, value: '123' },
        { ...REMOTE, value: 'false' },
      ],
    ],
  ])('%s', async (_, items) => {
    const station = await aStation();
    await ask(station, update, { items });
    const asked = await station.asked('SetVariables');
    const wanted = items.map((item) => ({ ...wire(item), attributeValue: item.value }));
    expect(asked.payload['setVariableData']).toMatchObject(wanted);
    await station.reply(asked, setAll(asked));
    expect(await lastCommand(station)).toMatchObject({ status: 'completed' });
  });
});

describe('a base report', () => {
  const part = (requestId: unknown, seqNo: number, tbc: boolean) => ({
    requestId,
    seqNo,
    tbc,
    generatedAt: '2026-06-01T12:00:00Z',
    reportData: [
      {
        ...wire(seqNo === 0 ? OFFLINE : REMOTE),
        variableAttribute: [{ value: '60', mutability: 'ReadWrite' }],
        variableCharacteristics: { dataType: 'integer', supportsMonitoring: false },
      },
    ],
  });
  const shown = async ({ ctx }: Station) =>
    (await call(ctx, getConfiguration, { params: { charger_id: 'CP-1' } })).text;

  test('TC_B_12_CSMS: of the configuration is received and shown', async () => {
    const station = await aStation();
    const payload = { requestId: 3, reportBase: 'ConfigurationInventory' };
    await ask(station, sendRaw, { action: 'GetBaseReport', payload });
    await station.reply(await station.asked('GetBaseReport'));
    await station.peer.call('NotifyReport', part(3, 0, true));
    await station.peer.call('NotifyReport', part(3, 1, false));
    expect(await shown(station)).toContain('OfflineThreshold');
    expect(await shown(station)).toContain('AuthorizeRemoteStart');
  });

  test('TC_B_13_CSMS: of everything is received and shown', async () => {
    const station = await aStation();
    await ask(station, refresh, { what: 'full' });
    const asked = await station.asked('GetBaseReport');
    expect(asked.payload).toMatchObject({ reportBase: 'FullInventory' });
    await station.reply(asked);
    const { requestId } = asked.payload;
    await station.peer.call('NotifyReport', part(requestId, 0, true));
    await station.peer.call('NotifyReport', part(requestId, 1, false));
    await settle(station.ctx);
    expect(await lastCommand(station)).toMatchObject({ status: 'completed' });
    expect(await shown(station)).toContain('AuthorizeRemoteStart');
  });
});

describe('a station is reset', () => {
  const reset = async (station: Station, body: object, status = 'Accepted') => {
    await ask(station, resetCharger, body);
    const asked = await station.asked('Reset');
    await station.reply(asked, { status });
    return asked.payload;
  };
  const driverStops = async (station: Station) => {
    await station.event('Updated', {
      trigger: 'StopAuthorized',
      state: 'EVConnected',
      token: VALID,
    });
    await station.event('Ended', {
      trigger: 'EVCommunicationLost',
      state: 'Idle',
      stopped: 'EVDisconnected',
    });
  };
  const stoppedByReset = (station: Station) =>
    station.event('Ended', {
      trigger: 'ResetCommand',
      state: 'EVConnected',
      stopped: 'ImmediateReset',
    });

  test('TC_B_20_CSMS: while nobody charges', async () => {
    const station = await aStation();
    expect(await reset(station, { type: 'soft' })).toEqual({ type: 'OnIdle' });
    expect(await boot(station, 'RemoteReset')).toMatchObject({ status: 'Accepted' });
    await station.connector('Available');
    expect((await getChargerView(station.ctx, 'CP-1')).status).toBe('available');
  });

  test('TC_B_21_CSMS: when the transaction has ended', async () => {
    const station = await aStation();
    await station.charging();
    expect(await reset(station, { type: 'soft' }, 'Scheduled')).toEqual({ type: 'OnIdle' });
    await driverStops(station);
    expect(await boot(station, 'ScheduledReset')).toMatchObject({ status: 'Accepted' });
    await station.connector('Available');
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended' });
  });

  test('TC_B_22_CSMS: at once, which ends the transaction', async () => {
    const station = await aStation();
    await station.charging();
    expect(await reset(station, { type: 'hard' })).toEqual({ type: 'Immediate' });
    await stoppedByReset(station);
    expect(await boot(station, 'RemoteReset')).toMatchObject({ status: 'Accepted' });
    await station.connector('Occupied');
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended', stop_reason: 'reboot' });
  });

  test('TC_B_25_CSMS: of which one EVSE, while nobody charges', async () => {
    const station = await aStation();
    const payload = await reset(station, { type: 'soft', evse_id: 1 });
    expect(payload).toEqual({ type: 'OnIdle', evseId: 1 });
  });

  test('TC_B_26_CSMS: of which one EVSE, when its transaction has ended', async () => {
    const station = await aStation();
    await station.charging();
    const payload = await reset(station, { type: 'soft', evse_id: 1 }, 'Scheduled');
    expect(payload).toEqual({ type: 'OnIdle', evseId: 1 });
    await driverStops(station);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended' });
  });

  test('TC_B_27_CSMS: of which one EVSE at once, which ends its transaction', async () => {
    const station = await aStation();
    await station.charging();
    const payload = await reset(station, { type: 'hard', evse_id: 1 });
    expect(payload).toEqual({ type: 'Immediate', evseId: 1 });
    await stoppedByReset(station);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended', stop_reason: 'reboot' });
  });
});

test('a station that has never been accepted is asked to boot again as soon as it is', async () => {
  const station = await aStation({}, { boots: false });
  await ask(station, updateCharger, { registration: 'pending' });
  expect(await boot(station)).toMatchObject({ status: 'Pending' });
  await ask(station, updateCharger, { registration: 'accepted' });
  const asked = await station.asked('TriggerMessage');
  expect(asked.payload).toEqual({ requestedMessage: 'BootNotification' });
});
