import { describe, expect, test } from 'vitest';
import { endpoint as rotate } from '#functions/api/chargers/rotate-charger-credentials.ts';
import { endpoint as renew } from '#functions/api/plug-and-charge/renew-charger-certificate.ts';
import { listIssuedCertificates } from '#shared/certificates/charger-certificate.ts';
import { splitChain } from '#shared/certificates/pem.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { ocppDoor } from '#test/support/ocpp-door.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aSigningRequest } from '#test/support/pki.ts';
import { settle } from '#test/support/settle.ts';
import { Station } from '#test/support/station-201.ts';

const EDGE = 'the secret of the edge';

/** A station that has to show a password, and its door. */
async function aLockedStation() {
  const ctx = testContext({ organization: { auto_register: false, allow_unsecured: false } });
  const { ocpp_password: password } = await createCharger(ctx, NewCharger.parse({ id: 'CP-1' }));
  const door = ocppDoor(ctx, EDGE);
  const knock = async (brought: object) =>
    (await door.knock({ originSecret: EDGE, secure: true, ...brought })).status;
  const peer = await aPeer(ctx, { id: 'CP-1', version: 'ocpp2.0.1', registered: true });
  return { ctx, station: new Station(ctx, peer), knock, password: password ?? '' };
}

describe('a password', () => {
  test('TC_A_01_CSMS: lets its station in', async () => {
    const { knock, password } = await aLockedStation();
    expect(await knock({ password })).toBe(200);
  });

  test('TC_A_02_CSMS: under the name of another lets nobody in', async () => {
    const { knock, password } = await aLockedStation();
    expect(await knock({ password, user: 'CP-1Invalid' })).toBe(401);
  });

  test('TC_A_03_CSMS: that is wrong lets nobody in', async () => {
    const { knock } = await aLockedStation();
    expect(await knock({ password: '0123456789abcdef' })).toBe(401);
  });

  async function rotated(status: 'Accepted' | 'Rejected') {
    const { ctx, station, knock, password } = await aLockedStation();
    const params = { charger_id: 'CP-1' };
    const { body } = await call(ctx, rotate, { params, body: {} });
    const { ocpp_password: next } = body['credentials'] as { ocpp_password: string };
    const asked = await station.asked('SetVariables');
    expect(asked.payload['setVariableData']).toMatchObject([
      {
        component: { name: 'SecurityCtrlr' },
        variable: { name: 'BasicAuthPassword' },
        attributeValue: next,
      },
    ]);
    const component = { name: 'SecurityCtrlr' };
    const variable = { name: 'BasicAuthPassword' };
    await station.reply(asked, {
      setVariableResult: [{ attributeStatus: status, component, variable }],
    });
    return { knock, password, next };
  }

  test('TC_A_09_CSMS: is changed, and the new one lets in', async () => {
    const { knock, next } = await rotated('Accepted');
    expect(await knock({ password: next })).toBe(200);
  });

  test('TC_A_10_CSMS: is not changed, and the old one still lets in', async () => {
    const { knock, password, next } = await rotated('Rejected');
    expect(await knock({ password })).toBe(200);
    expect(await knock({ password: next })).toBe(401);
  });
});

describe('the certificate of a station', () => {
  async function renewed(answer: 'Accepted' | 'Rejected') {
    const { ctx, station, knock } = await aLockedStation();
    const params = { charger_id: 'CP-1' };
    await call(ctx, renew, { params, body: {} });
    const trigger = await station.asked('TriggerMessage');
    expect(trigger.payload).toEqual({ requestedMessage: 'SignChargingStationCertificate' });
    await station.reply(trigger);
    const { pem: csr } = await aSigningRequest();
    const certificateType = 'ChargingStationCertificate';
    const asked = await station.peer.call('SignCertificate', { csr, certificateType });
    expect(asked).toMatchObject({ status: 'Accepted' });
    const signed = await station.asked('CertificateSigned');
    await station.reply(signed, { status: answer });
    await settle(ctx);
    const [certificate] = splitChain(String(signed.payload['certificateChain']));
    return { ctx, knock, certificate };
  }

  test('TC_A_11_CSMS: is renewed when the platform asks for it', async () => {
    const { knock, certificate } = await renewed('Accepted');
    expect(await knock({ certificate })).toBe(200);
  });

  test('TC_A_14_CSMS: is renewed, and the station does not take it', async () => {
    const { ctx } = await renewed('Rejected');
    const statuses = (await listIssuedCertificates(ctx, 'CP-1')).map(({ status }) => status);
    expect(statuses).not.toContain('active');
  });
});

test('TC_A_19_CSMS: a station moves to a higher security profile, and does not come back', async () => {
  const { ctx, station, knock, password } = await aLockedStation();
  const body = { security_profile: 2 };
  await call(ctx, rotate, { params: { charger_id: 'CP-1' }, body });
  const variable = { name: 'NetworkConfigurationPriority' };
  const component = { name: 'OCPPCommCtrlr' };
  const slots = { attributeStatus: 'Accepted', attributeValue: '1', component, variable };
  await station.reply(await station.asked('GetVariables'), { getVariableResult: [slots] });
  const profile = await station.asked('SetNetworkProfile');
  expect(profile.payload['connectionData']).toMatchObject({
    ocppTransport: 'JSON',
    ocppVersion: 'OCPP20',
    securityProfile: 2,
  });
  await station.reply(profile);
  const priority = await station.asked('SetVariables');
  expect(priority.payload['setVariableData']).toMatchObject([{ component, variable }]);
  await station.reply(priority, {
    setVariableResult: [{ attributeStatus: 'Accepted', component, variable }],
  });
  await station.reply(await station.asked('Reset'));
  expect(await knock({ password, secure: true })).toBe(200);
  expect(await knock({ password, secure: false })).toBe(401);
});
