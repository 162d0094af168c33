import { describe, expect, test } from 'vitest';
import { listIssuedCertificates } from '#shared/certificates/charger-certificate.ts';
import { splitChain } from '#shared/certificates/pem.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { aSigningRequest } from '#test/support/pki.ts';
import { aSecuredCharger, chargerRow, type SecuredWorld } from '#test/support/secured-charger.ts';
import { settle } from '#test/support/settle.ts';

const accepted = { status: 'Accepted' };
const written = (attributeStatus: string) => ({
  setVariableResult: [
    {
      attributeStatus,
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'NetworkConfigurationPriority' },
    },
  ],
});
const slots = (attributeValue: string) => ({
  getVariableResult: [
    {
      attributeStatus: 'Accepted',
      attributeValue,
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'NetworkConfigurationPriority' },
    },
  ],
});

const commandOf = async ({ ctx }: SecuredWorld, id: unknown) =>
  (await findCommand(ctx, String(id)))?.status;
const rotated = ({ ctx }: SecuredWorld) =>
  recordedEvents(ctx).filter(({ type }) => type === 'charger.credentials_rotated').length;

/** Answers the call the charger owes an answer to, and lets what follows happen. */
async function answered({ ctx, charger }: SecuredWorld, payload: object) {
  const { action } = charger.lastAsked();
  await charger.reply(charger.lastAsked(), payload);
  await settle(ctx);
  return action;
}

/** A certificate of its own, PEM. */
async function certified({ ctx, charger }: SecuredWorld): Promise<string> {
  await charger.call('SignCertificate', { csr: (await aSigningRequest()).pem });
  await settle(ctx);
  const { certificateChain } = Object(charger.lastAsked().payload);
  await charger.reply(charger.lastAsked(), accepted);
  await settle(ctx);
  return splitChain(String(certificateChain))[0] ?? '';
}

describe('OCPP 1.6', () => {
  test('moves when it has come by the new profile, and never comes by less after', async () => {
    const world = await aSecuredCharger('ocpp1.6');
    const { charger, rotate, knock, password, ctx } = world;
    const { body } = await rotate({ security_profile: 2 });
    expect(charger.lastAsked()).toMatchObject({
      action: 'ChangeConfiguration',
      payload: { key: 'SecurityProfile', value: '2' },
    });
    await answered(world, accepted);
    expect(await commandOf(world, body['id'])).toBe('accepted');
    expect(await knock({ password, secure: false })).toBe(200);
    expect((await chargerRow(ctx)).security_profile).toBe(1);
    expect(await knock({ password })).toBe(200);
    await settle(ctx);
    expect(await commandOf(world, body['id'])).toBe('completed');
    expect((await chargerRow(ctx)).security_profile).toBe(2);
    expect(rotated(world)).toBe(1);
    expect(await knock({ password, secure: false })).toBe(401);
  });

  test('is restarted where it says that it must be', async () => {
    const world = await aSecuredCharger('ocpp1.6');
    const { body } = await world.rotate({ security_profile: 2 });
    await answered(world, { status: 'RebootRequired' });
    expect(await answered(world, accepted)).toBe('Reset');
    expect(await commandOf(world, body['id'])).toBe('accepted');
  });

  test('that refuses stays as it is', async () => {
    const world = await aSecuredCharger('ocpp1.6');
    const { body } = await world.rotate({ security_profile: 2 });
    await answered(world, { status: 'NotSupported' });
    expect(await commandOf(world, body['id'])).toBe('rejected');
    expect((await chargerRow(world.ctx)).moving).toBeNull();
    expect(await world.knock({ password: world.password, secure: false })).toBe(200);
    expect((await chargerRow(world.ctx)).security_profile).toBe(1);
  });

  test('moves to its certificate', async () => {
    const world = await aSecuredCharger('ocpp1.6', { security_profile: 2 });
    const { knock, password, rotate, ctx } = world;
    const certificate = await certified(world);
    expect((await rotate({ security_profile: 3 })).status).toBe(202);
    await answered(world, accepted);
    expect(await knock({ password })).toBe(200);
    expect(await knock({ certificate })).toBe(200);
    expect((await chargerRow(ctx)).security_profile).toBe(3);
    expect(await knock({ password })).toBe(401);
  });
});

describe('OCPP 2.0.1', () => {
  // A05: a profile in a slot that is not in use, that slot preferred, a restart.
  test('is given a network profile in a free slot, which it then prefers', async () => {
    const world = await aSecuredCharger('ocpp2.0.1');
    const { charger, rotate, knock, password, ctx } = world;
    const { body } = await rotate({ security_profile: 2, interface: 'wireless_1' });
    expect(await answered(world, slots('1,3'))).toBe('GetVariables');
    expect(charger.lastAsked()).toMatchObject({
      action: 'SetNetworkProfile',
      payload: {
        configurationSlot: 2,
        connectionData: {
          ocppCsmsUrl: 'wss://api.magma.test/ocpp/demo',
          securityProfile: 2,
          ocppInterface: 'Wireless1',
        },
      },
    });
    await answered(world, accepted);
    expect(charger.lastAsked()).toMatchObject({
      action: 'SetVariables',
      payload: { setVariableData: [{ attributeValue: '2,1,3' }] },
    });
    await answered(world, written('Accepted'));
    expect(charger.lastAsked()).toMatchObject({ action: 'Reset', payload: { type: 'OnIdle' } });
    await answered(world, accepted);
    expect(await commandOf(world, body['id'])).toBe('accepted');
    expect(await knock({ password })).toBe(200);
    await settle(ctx);
    expect(await commandOf(world, body['id'])).toBe('completed');
  });

  test('that does not tell its slots is taken to have one', async () => {
    const world = await aSecuredCharger('ocpp2.0.1');
    await world.rotate({ security_profile: 2 });
    const none = { ...slots('').getVariableResult[0], attributeStatus: 'UnknownVariable' };
    await answered(world, { getVariableResult: [none] });
    expect(world.charger.lastAsked().payload).toMatchObject({ configurationSlot: 2 });
  });

  test('that refuses the profile stays as it is', async () => {
    const world = await aSecuredCharger('ocpp2.0.1');
    const { body } = await world.rotate({ security_profile: 2 });
    await answered(world, slots('1'));
    await answered(world, { status: 'Rejected' });
    expect(await commandOf(world, body['id'])).toBe('rejected');
    expect((await chargerRow(world.ctx)).moving).toBeNull();
  });
});

describe('a move', () => {
  test('down is refused, but in OCPP 2.1 from 3 to 2', async () => {
    for (const [version, from, to, status] of [
      ['ocpp1.6', 2, 1, 409],
      ['ocpp2.0.1', 3, 2, 409],
      ['ocpp2.1', 3, 1, 409],
      ['ocpp2.1', 3, 2, 202],
      ['ocpp1.6', 2, 2, 409],
    ] as const) {
      const { rotate } = await aSecuredCharger(version, { security_profile: from });
      expect((await rotate({ security_profile: to })).status, `${version} ${from} ${to}`).toBe(
        status,
      );
    }
  });

  test('from 3 to 2 in OCPP 2.1 opens for either until it has come by 2', async () => {
    const world = await aSecuredCharger('ocpp2.1');
    const { knock, password, rotate, ctx } = world;
    const certificate = await certified(world);
    await rotate({ security_profile: 3 });
    await knock({ certificate });
    expect((await chargerRow(ctx)).security_profile).toBe(3);
    expect(await knock({ password })).toBe(401);
    await rotate({ security_profile: 2 });
    expect(await knock({ certificate })).toBe(200);
    expect(await knock({ password, secure: false })).toBe(401);
    expect(await knock({ password })).toBe(200);
    expect((await chargerRow(ctx)).security_profile).toBe(2);
  });

  test('to 3 needs a certificate, and a deployment that asks for it', async () => {
    const world = await aSecuredCharger();
    expect((await world.rotate({ security_profile: 3 })).status).toBe(409);
    await certified(world);
    const { ctx } = world;
    const urls = { ...ctx.urls, clientCertificates: false };
    expect((await world.rotate({ security_profile: 3 }, { ...ctx, urls })).status).toBe(409);
    expect((await world.rotate({ security_profile: 3 })).status).toBe(202);
    expect(await listIssuedCertificates(ctx, 'CP-1')).toHaveLength(1);
  });

  test('to 2 needs a password, and TLS', async () => {
    const world = await aSecuredCharger('ocpp1.6', { password: null, security_profile: 0 });
    expect((await world.rotate({ security_profile: 2 })).status).toBe(409);
    const other = await aSecuredCharger('ocpp1.6');
    const { secureOcpp: _, ...urls } = other.ctx.urls;
    expect((await other.rotate({ security_profile: 2 }, { ...other.ctx, urls })).status).toBe(409);
  });
});
