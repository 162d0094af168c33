import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as renew } from '#functions/api/plug-and-charge/renew-charger-certificate.ts';
import type { Context } from '#shared/core/context.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { aSigningRequest } from '#test/support/pki.ts';
import { settle } from '#test/support/settle.ts';

const ask = (ctx: Context, body: object = {}) =>
  call(ctx, renew, { params: { charger_id: 'BLR-014' }, body });
const commandOf = async (ctx: Context, id: unknown) =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;

describe.each(['1.6', '2.0.1'] as const)('renewing a certificate of OCPP %s', (version) => {
  test('is accepted when the charger agrees, and completed when the certificate is in use', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
    const { status, body } = await ask(ctx);
    expect(status).toBe(202);
    await charger.answer({ status: 'Accepted' });
    await settle(ctx);
    expect(await commandOf(ctx, body['id'])).toMatchObject({ status: 'accepted' });
    await charger.say('SignCertificate', { csr: (await aSigningRequest()).pem });
    await settle(ctx);
    expect(await commandOf(ctx, body['id'])).toMatchObject({ status: 'accepted' });
    await charger.answer({ status: 'Accepted' });
    await settle(ctx);
    expect(await commandOf(ctx, body['id'])).toMatchObject({
      type: 'renew_certificate',
      status: 'completed',
      result: {
        outcome: 'renewed',
        data: { certificate_id: expect.stringMatching(/^crt_/), not_after: expect.any(String) },
      },
    });
  });

  test('ends with the reason where the charger refuses the certificate', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
    const { body } = await ask(ctx);
    await charger.answer({ status: 'Accepted' });
    await charger.say('SignCertificate', { csr: (await aSigningRequest()).pem });
    await settle(ctx);
    await charger.answer({ status: 'Rejected' });
    await settle(ctx);
    expect(await commandOf(ctx, body['id'])).toMatchObject({
      status: 'failed',
      result: { reason: 'The charger refused it.' },
    });
  });

  test('that comes to nothing is told of the certificate that stays', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
    await charger.say('SignCertificate', { csr: (await aSigningRequest()).pem });
    await settle(ctx);
    await charger.answer({ status: 'Accepted' });
    await settle(ctx);
    const { body } = await ask(ctx);
    await charger.answer({ status: 'Accepted' });
    ctx.tick(3_601_000);
    await settle(ctx);
    expect(await commandOf(ctx, body['id'])).toMatchObject({ status: 'timed_out' });
    const failed = recordedEvents(ctx).filter(({ type }) => type === 'certificate.renewal_failed');
    expect(failed).toMatchObject([{ object: { status: 'active' } }]);
  });
});

test('is refused where the charger cannot be asked', async () => {
  const ctx = testContext();
  await aCharger(ctx);
  expect((await ask(ctx)).body['code']).toBe('charger_not_registered');
  const online = testContext();
  await anOnlineCharger(online);
  expect((await ask(online, { use: 'v2g' })).body['code']).toBe('capability_not_supported');
  expect((await ask(online.as({ tenantId: 'other', organization: {} }))).status).toBe(404);
});
