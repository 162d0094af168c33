import { describe, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { requestRaw } from '#shared/ocpp/requests/request-raw.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, boot, reconnect } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const clearCache = (ctx: TestContext, expiresInSeconds?: number) =>
  requestCommand(ctx, { type: 'clear_cache', chargerId: 'BLR-014', input: {}, expiresInSeconds });
const stateOf = async (ctx: TestContext, { id }: { id: string }) =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;

describe('a command that cannot be sent', () => {
  test('expires when its time is over, though its charger never comes back', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await charger.disconnect();
    const command = await clearCache(ctx, 600);
    ctx.tick(599_999);
    await settle(ctx);
    expect(await stateOf(ctx, command)).toMatchObject({ status: 'queued' });
    ctx.tick(1);
    await settle(ctx);
    expect(await stateOf(ctx, command)).toMatchObject({
      status: 'expired',
      result: { outcome: 'expired' },
    });
  });

  test('expires too when the socket was lost only at the sending', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    ctx.sockets.ocpp.gone.add(charger.connectionId);
    const command = await clearCache(ctx);
    ctx.tick(120_000);
    await settle(ctx);
    expect(await stateOf(ctx, command)).toMatchObject({ status: 'expired' });
  });

  test('does not hold up what is behind it, however many have expired', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await charger.disconnect();
    for (let n = 0; n < 12; n++) await clearCache(ctx, 10);
    const last = await clearCache(ctx, 3600);
    ctx.tick(11_000);
    const back = await reconnect(ctx, 'BLR-014');
    await boot(back);
    expect(back.calls()).toHaveLength(1);
    expect(await stateOf(ctx, last)).toMatchObject({ status: 'sent' });
  });

  test('is rejected when the charger has come back with a version that cannot say it', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1' });
    await charger.disconnect();
    const input = { message: 'transaction' };
    const odd = await requestCommand(ctx, {
      type: 'trigger_message',
      chargerId: 'BLR-014',
      input,
    });
    const raw = await requestRaw(ctx, {
      chargerId: 'BLR-014',
      action: 'GetVariables',
      payload: { getVariableData: [{ component: { name: 'A' }, variable: { name: 'B' } }] },
    });
    const next = await clearCache(ctx);
    const back = await reconnect(ctx, 'BLR-014', '1.6');
    await boot(back);
    for (const command of [odd, raw]) {
      expect(await stateOf(ctx, command)).toMatchObject({
        status: 'rejected',
        result: { outcome: 'capability_not_supported' },
      });
    }
    expect(await stateOf(ctx, next)).toMatchObject({ status: 'sent' });
  });
});
