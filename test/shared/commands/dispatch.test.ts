import { describe, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { requestRaw } from '#shared/ocpp/requests/request-raw.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, boot, reconnect } from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const clearCache = (ctx: TestContext, expiresInSeconds?: number) =>
  requestCommand(ctx, { type: 'clear_cache', chargerId: 'BLR-014', input: {}, expiresInSeconds });
const reset = (ctx: TestContext) =>
  requestCommand(ctx, { type: 'reset', chargerId: 'BLR-014', input: { type: 'soft' } });
const stateOf = async (ctx: TestContext, { id }: { id: string }) =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;

describe('the queue of a charger', () => {
  test('sends one call at a time, the next when the first is answered', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const [first, second] = [await clearCache(ctx), await clearCache(ctx)];
    await settle(ctx);
    expect([first.status, second.status]).toEqual(['sent', 'queued']);
    expect(charger.calls()).toHaveLength(1);
    await charger.answer({ status: 'Accepted' });
    expect(charger.calls()).toHaveLength(2);
    expect(await stateOf(ctx, first)).toMatchObject({ status: 'completed' });
    expect(await stateOf(ctx, second)).toMatchObject({ status: 'sent' });
  });

  test('keeps the order of asking, but lets a reset overtake', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await clearCache(ctx);
    await requestRaw(ctx, {
      chargerId: 'BLR-014',
      action: 'GetConfiguration',
      payload: { key: ['A'] },
    });
    await clearCache(ctx);
    await reset(ctx);
    for (let n = 0; n < 4; n++) await charger.answer({ status: 'Accepted' });
    expect(charger.calls().map((c) => c.action)).toEqual([
      'ClearCache',
      'Reset',
      'GetConfiguration',
      'ClearCache',
    ]);
  });

  test('sends what waited for an offline charger once it has booted', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    await boot(await reconnect(ctx, 'BLR-014'));
    const [socket] = [await reconnect(ctx, 'BLR-014')];
    await socket.disconnect();
    expect((await clearCache(ctx)).status).toBe('queued');
    const back = await reconnect(ctx, 'BLR-014');
    await boot(back);
    expect(back.calls().map((c) => c.action)).toEqual(['ClearCache']);
  });

  test('takes a call back when the socket turns out to be gone, and sends it on the next', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    ctx.sockets.ocpp.gone.add(charger.connectionId);
    const command = await clearCache(ctx);
    expect(await stateOf(ctx, command)).toMatchObject({
      status: 'queued',
      sent_at: null,
      ocpp: null,
    });
    const back = await reconnect(ctx, 'BLR-014');
    await boot(back);
    await back.answer({ status: 'Accepted' });
    expect(await stateOf(ctx, command)).toMatchObject({ status: 'completed' });
  });
});

describe('a command without an answer', () => {
  test('times out after 30 seconds, and the next one goes out', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const [first, second] = [await clearCache(ctx), await clearCache(ctx)];
    ctx.tick(29_999);
    await settle(ctx);
    expect(await stateOf(ctx, first)).toMatchObject({ status: 'sent' });
    clearOutbox(ctx);
    ctx.tick(1);
    await settle(ctx);
    expect(await stateOf(ctx, first)).toMatchObject({
      status: 'timed_out',
      result: { outcome: 'timeout' },
    });
    expect(await stateOf(ctx, second)).toMatchObject({ status: 'sent' });
    expect(recordedEvents(ctx).map((e) => e.type)).toEqual(['command.failed', 'command.sent']);
    expect(charger.calls()).toHaveLength(2);
  });

  test('stays timed out when the answer comes all the same, and blocks nothing', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const first = await clearCache(ctx);
    ctx.tick(30_000);
    await settle(ctx);
    await charger.answer({ status: 'Accepted' });
    expect(await stateOf(ctx, first)).toMatchObject({ status: 'timed_out' });
    expect((await clearCache(ctx)).status).toBe('sent');
  });

  test('is not timed out by the clock of an earlier attempt that was taken back', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    ctx.sockets.ocpp.gone.add(charger.connectionId);
    const command = await clearCache(ctx);
    ctx.tick(29_000);
    await settle(ctx);
    const back = await reconnect(ctx, 'BLR-014');
    await boot(back);
    ctx.tick(1_000);
    await settle(ctx);
    expect(await stateOf(ctx, command)).toMatchObject({ status: 'sent' });
    ctx.tick(29_000);
    await settle(ctx);
    expect(await stateOf(ctx, command)).toMatchObject({ status: 'timed_out' });
  });

  test('fails with what the charger said when it answers with an error', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const command = await clearCache(ctx);
    await charger.fail('NotSupported');
    expect(await stateOf(ctx, command)).toMatchObject({
      status: 'failed',
      result: { outcome: 'error', reason: 'It broke' },
      ocpp: { error: { code: 'NotSupported', description: 'It broke' } },
    });
  });
});
