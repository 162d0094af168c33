import { describe, expect, test } from 'vitest';
import { endpoint as setNetworkProfile } from '#functions/api/commands/set-network-profile.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';

const url = 'wss://csms.example/ocpp';
const ask = (ctx: TestContext, body: object) =>
  call(ctx, setNetworkProfile, { params: { charger_id: 'BLR-014' }, body });

describe('a network profile', () => {
  test('goes to the charger with its secrets, which nobody else is shown', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1' });
    const apn = {
      apn: 'iot.example',
      authentication: 'chap',
      user_name: 'u',
      password: 'apn-secret',
    };
    const vpn = {
      type: 'ikev2',
      server: 's',
      user: 'u',
      password: 'vpn-secret',
      key: 'k'.repeat(255),
    };
    const body = { slot: 2, url, security_profile: 2, interface: 'wireless_0', apn, vpn };
    const reply = await ask(ctx, body);
    expect(reply.status).toBe(202);
    expect(charger.calls()).toMatchObject([
      {
        action: 'SetNetworkProfile',
        payload: {
          configurationSlot: 2,
          connectionData: {
            ocppVersion: 'OCPP20',
            ocppTransport: 'JSON',
            ocppCsmsUrl: url,
            messageTimeout: 30,
            securityProfile: 2,
            ocppInterface: 'Wireless0',
            apn: { apnAuthentication: 'CHAP', apnUserName: 'u', apnPassword: 'apn-secret' },
            vpn: { type: 'IKEv2', password: 'vpn-secret', key: 'k'.repeat(255) },
          },
        },
      },
    ]);
    expect(reply.text).not.toMatch(/apn-secret|vpn-secret|kkkk/);
    expect(JSON.stringify(ctx.table.stream.read(0, 1_000_000))).not.toMatch(
      /apn-secret|vpn-secret|kkkk/,
    );
    await charger.answer({ status: 'Failed' });
  });

  test('is not to be had of OCPP 1.6', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx, 'BLR-014');
    expect(await ask(ctx, { slot: 2, url, security_profile: 2 })).toMatchObject({
      status: 409,
      body: { code: 'capability_not_supported' },
    });
  });

  test('is refused where it is none', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1' });
    for (const body of [
      {},
      { slot: 1, url: 'https://x', security_profile: 2 },
      { slot: -1, url, security_profile: 9 },
    ])
      expect((await ask(ctx, body)).status).toBe(422);
  });
});
