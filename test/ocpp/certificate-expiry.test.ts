import { describe, expect, test } from 'vitest';
import { job } from '#functions/jobs/tell-expiring-certificates.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { aSigningRequest } from '#test/support/pki.ts';
import { settle } from '#test/support/settle.ts';

const DAY = 86_400_000;

/** The charger asks for a certificate, and installs it. */
async function renewed(ctx: TestContext, charger: OcppPeer) {
  await charger.call('SignCertificate', { csr: (await aSigningRequest()).pem });
  await settle(ctx);
  await charger.reply(charger.lastAsked());
  await settle(ctx);
}

async function aWorld(version: OcppVersion) {
  const ctx = testContext();
  const charger = await aPeer(ctx, { version });
  await settle(ctx);
  await renewed(ctx, charger);
  return ctx;
}

/** Time goes by, and the charger is there again: no connection lasts that long. */
async function later(ctx: TestContext, days: number, version: OcppVersion): Promise<OcppPeer> {
  ctx.tick(days * DAY);
  await settle(ctx);
  const connectionId = `socket-of-${ctx.now().getTime()}`;
  return aPeer(ctx, { version, connectionId, registered: true, boots: false });
}

const told = (ctx: TestContext) =>
  recordedEvents(ctx)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('certificate.'));

describe('a certificate that ends soon', () => {
  test('is told 30, 7 and 1 days before, and its charger is asked for another', async () => {
    const ctx = await aWorld('ocpp2.0.1');
    clearOutbox(ctx);
    const days: number[] = [];
    let asked: unknown;
    for (let day = 330; day <= 365; day++) {
      const again = await later(ctx, day === 330 ? 330 : 1, 'ocpp2.0.1');
      const before = told(ctx).length;
      await job.handle({ ...ctx, tenantId: '' });
      if (told(ctx).length > before) days.push(365 - day);
      await settle(ctx);
      asked ??= again.asked().at(-1);
    }
    expect(days).toEqual([30, 7, 1]);
    expect(asked).toMatchObject({
      action: 'TriggerMessage',
      payload: { requestedMessage: 'SignChargingStationCertificate' },
    });
  });

  test('is not told again once it is renewed', async () => {
    const ctx = await aWorld('ocpp1.6');
    const again = await later(ctx, 336, 'ocpp1.6');
    clearOutbox(ctx);
    await job.handle({ ...ctx, tenantId: '' });
    await settle(ctx);
    expect(again.lastAsked()).toMatchObject({
      action: 'ExtendedTriggerMessage',
      payload: { requestedMessage: 'SignChargePointCertificate' },
    });
    await again.reply(again.lastAsked());
    await renewed(ctx, again);
    await later(ctx, 25, 'ocpp1.6');
    await job.handle({ ...ctx, tenantId: '' });
    await settle(ctx);
    expect(told(ctx)).toEqual(['certificate.expiring', 'certificate.renewed']);
  });
});
