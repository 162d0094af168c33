import { expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as setNetworkProfile } from '#functions/api/commands/set-network-profile.ts';
import { call } from '#test/support/call.ts';
import { aStation } from '#test/support/station-201.ts';

test.each([
  ['TC_B_42_CSMS: a station takes another network profile', 'Accepted', 'completed'],
  ['TC_B_44_CSMS: a station cannot take another network profile', 'Failed', 'rejected'],
])('%s', async (_, status, outcome) => {
  const station = await aStation();
  const { body } = await call(station.ctx, setNetworkProfile, {
    params: { charger_id: 'CP-1' },
    body: {
      slot: 2,
      url: 'wss://csms.example/ocpp',
      interface: 'wired_0',
      security_profile: 2,
      message_timeout_seconds: 30,
    },
  });
  const asked = await station.asked('SetNetworkProfile');
  expect(asked.payload).toEqual({
    configurationSlot: 2,
    connectionData: {
      messageTimeout: 30,
      ocppCsmsUrl: 'wss://csms.example/ocpp',
      ocppInterface: 'Wired0',
      ocppTransport: 'JSON',
      ocppVersion: 'OCPP20',
      securityProfile: 2,
    },
  });
  await station.reply(asked, { status });
  const { body: command } = await call(station.ctx, getCommand, {
    params: { command_id: body['id'] },
  });
  expect(command).toMatchObject({ status: outcome });
});
