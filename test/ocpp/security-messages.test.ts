import { describe, expect, test } from 'vitest';
import { endpoint as triggerMessage } from '#functions/api/commands/trigger-message.ts';
import { learnAbilities } from '#shared/chargers/learn-abilities.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const trigger = (ctx: ReturnType<typeof testContext>, message: string) =>
  call(ctx, triggerMessage, { params: { charger_id: 'BLR-014' }, body: { message } });

describe('what the security extension can be asked for', () => {
  test.each([
    ['1.6', 'certificate_signing', 'ExtendedTriggerMessage', 'SignChargePointCertificate'],
    ['1.6', 'log_status', 'ExtendedTriggerMessage', 'LogStatusNotification'],
    ['2.0.1', 'certificate_signing', 'TriggerMessage', 'SignChargingStationCertificate'],
    ['2.0.1', 'v2g_certificate_signing', 'TriggerMessage', 'SignV2GCertificate'],
    ['2.0.1', 'log_status', 'TriggerMessage', 'LogStatusNotification'],
  ] as const)('%s: %s becomes %s %s', async (version, message, action, requestedMessage) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
    expect((await trigger(ctx, message)).status).toBe(202);
    expect(charger.calls().at(-1)).toMatchObject({ action, payload: { requestedMessage } });
  });

  test('is refused of a 1.6 charger that lacks it, but for the state of an upload', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await learnAbilities(ctx, 'BLR-014', { security_trigger: false });
    expect(await trigger(ctx, 'certificate_signing')).toMatchObject({
      status: 409,
      body: { code: 'capability_not_supported' },
    });
    expect((await trigger(ctx, 'v2g_certificate_signing')).status).toBe(409);
    await trigger(ctx, 'log_status');
    expect(charger.calls()).toMatchObject([
      { action: 'TriggerMessage', payload: { requestedMessage: 'DiagnosticsStatusNotification' } },
    ]);
  });
});

const events = (ctx: ReturnType<typeof testContext>) =>
  recordedEvents(ctx).filter(({ type }) => type === 'security.event');

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)('a security event of %s', (version) => {
  const timestamp = '2026-06-01T04:29:58.000Z';

  test('is told, with the severity the specification gives it', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version });
    const techInfo = 'Cover open';
    await charger.call('SecurityEventNotification', {
      type: 'TamperDetectionActivated',
      timestamp,
      techInfo,
    });
    await charger.call('SecurityEventNotification', { type: 'InvalidMessages', timestamp });
    expect(events(ctx).map(({ object }) => object)).toMatchObject([
      {
        charger_id: 'CP-1',
        type: 'TamperDetectionActivated',
        severity: 'critical',
        source: 'charger',
        tech_info: techInfo,
        occurred_at: timestamp,
      },
      { type: 'InvalidMessages', severity: 'normal', tech_info: null },
    ]);
  });

  // Gotcha 42.
  test('may be of a type nobody has heard of', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version });
    await charger.call('SecurityEventNotification', { type: 'VendorX: bees', timestamp });
    expect(events(ctx)).toMatchObject([{ object: { type: 'VendorX: bees', severity: 'normal' } }]);
  });

  test('is told once however often it is sent', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version });
    for (let n = 0; n < 3; n++)
      await charger.call('SecurityEventNotification', { type: 'ResetOrReboot', timestamp });
    expect(events(ctx)).toHaveLength(1);
  });
});
