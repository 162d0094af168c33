import { describe, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { boot, reconnect } from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;
const read = async (ctx: TestContext, session_id: string) =>
  (await call(ctx, getSession, { params: { session_id } })).body;
const types = (ctx: TestContext) => recordedEvents(ctx).map((e) => e.type);

describe('a limit', () => {
  test('of energy stops the session at the sample that reaches it', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx, { limits: { energy_kwh: 2 } });
    ctx.tick(MINUTE);
    await charge.measure(2999);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'charging' });
    clearOutbox(ctx);
    ctx.tick(MINUTE);
    await charge.measure(3000);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'stopping',
      stop_reason: 'limit_energy',
    });
    expect(types(ctx)).toContain('session.limit_reached');
    expect(charge.charger.calls().at(-1)).toMatchObject({ action: 'RemoteStopTransaction' });
    await charge.charger.answer({ status: 'Accepted' });
    await charge.end(3010, { reason: 'Remote' });
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'ended',
      stop_reason: 'limit_energy',
      energy_kwh: 2.01,
    });
  });

  test('of the state of charge stops it likewise', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx, { limits: { soc_percent: 80 } });
    await charge.measure(1100, { SoC: 79 });
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'charging' });
    ctx.tick(MINUTE);
    await charge.measure(1200, { SoC: 80 });
    expect(await read(ctx, charge.id)).toMatchObject({ stop_reason: 'limit_soc' });
  });

  test('of time stops it by the clock, from when charging began', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx, { limits: { duration_minutes: 90 } });
    ctx.tick(90 * MINUTE - 1);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'charging' });
    ctx.tick(1);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'stopping',
      stop_reason: 'limit_time',
    });
    expect(charge.charger.calls().at(-1)).toMatchObject({ action: 'RemoteStopTransaction' });
  });

  test('that came when the session was over changes nothing', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx, { limits: { duration_minutes: 90 } });
    await charge.end(2000);
    const ended = await read(ctx, charge.id);
    ctx.tick(90 * MINUTE);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({
      stop_reason: ended['stop_reason'],
      ended_at: ended['ended_at'],
    });
  });

  test('asks again while a charger goes on charging', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx, { limits: { energy_kwh: 2 } });
    await charge.measure(3000);
    await settle(ctx);
    await charge.charger.answer({ status: 'Rejected' });
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'charging', stop_reason: null });
    ctx.tick(MINUTE);
    await charge.measure(3100);
    await settle(ctx);
    expect(charge.charger.calls().filter((c) => c.action.startsWith('RemoteStop'))).toHaveLength(2);
  });
});

test('a limit that is reached as the socket is lost is kept for when the charger is back', async ({
  expect,
}) => {
  const ctx = testContext();
  const charge = await aCharge(ctx, { limits: { energy_kwh: 2 } });
  await charge.measure(3000);
  await charge.charger.disconnect();
  ctx.tick(60 * MINUTE);
  await settle(ctx);
  const back = await reconnect(ctx, 'BLR-014');
  await boot(back);
  expect(back.calls()).toMatchObject([{ action: 'RemoteStopTransaction' }]);
});

describe('a free allowance', () => {
  test('that reverts lets the session go on', async ({ expect }) => {
    const ctx = testContext();
    const free = { type: 'free', duration_minutes: 30 };
    const charge = await aCharge(ctx, { tariff_override: free });
    ctx.tick(31 * MINUTE);
    await charge.measure(5000);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'charging' });
  });

  test('of time that stops ends the session when it is used up', async ({ expect }) => {
    const ctx = testContext();
    const free = { type: 'free', duration_minutes: 30, on_expiry: 'stop' };
    const charge = await aCharge(ctx, { tariff_override: free });
    ctx.tick(30 * MINUTE);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'stopping',
      stop_reason: 'limit_time',
    });
  });

  test('of energy that stops ends it at the sample that reaches it', async ({ expect }) => {
    const ctx = testContext();
    const free = { type: 'free', energy_kwh: 5, on_expiry: 'stop' };
    const charge = await aCharge(ctx, { tariff_override: free });
    await charge.measure(5999);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'charging' });
    await charge.measure(6000);
    expect(await read(ctx, charge.id)).toMatchObject({ stop_reason: 'limit_energy' });
  });
});
