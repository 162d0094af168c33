import { describe, test } from 'vitest';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { findConnection } from '#shared/chargers/connectivity.ts';
import { reportOwnStatus } from '#shared/chargers/report-own-status.ts';
import { seen } from '#shared/chargers/seen.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, boot, reconnect } from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const stateOf = async (ctx: TestContext) => (await findConnection(ctx, 'BLR-014'))?.state;
const told = (ctx: TestContext) => recordedEvents(ctx).map((e) => e.type);
const HOURS = 3_600_000;

describe('the connection of a charger', () => {
  test('is pending until its first boot is accepted', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    clearOutbox(ctx);
    const charger = await reconnect(ctx, 'BLR-014');
    expect([await stateOf(ctx), told(ctx)]).toEqual(['pending', []]);
    await boot(charger);
    expect(await stateOf(ctx)).toBe('online');
    expect(told(ctx)).toEqual(['charger.booted', 'charger.online']);
  });

  test('passes to the newest socket, and closes the one before', async ({ expect }) => {
    const ctx = testContext();
    const first = await anOnlineCharger(ctx);
    const second = await reconnect(ctx, 'BLR-014');
    expect(ctx.sockets.ocpp.closed).toMatchObject([
      { connectionId: first.connectionId, code: 1008 },
    ]);
    expect(await findConnection(ctx, 'BLR-014')).toMatchObject({
      connection_id: second.connectionId,
      state: 'online',
    });
  });

  test('is not touched by the late end of a socket that was replaced', async ({ expect }) => {
    const ctx = testContext();
    const first = await anOnlineCharger(ctx);
    await reconnect(ctx, 'BLR-014');
    const before = await findConnection(ctx, 'BLR-014');
    clearOutbox(ctx);
    await first.disconnect();
    ctx.tick(200_000);
    await settle(ctx);
    expect(await findConnection(ctx, 'BLR-014')).toEqual(before);
    expect(told(ctx)).toEqual([]);
  });

  test('needs no boot and makes no news when it is back within the grace period', async ({
    expect,
  }) => {
    const ctx = testContext();
    const first = await anOnlineCharger(ctx);
    clearOutbox(ctx);
    await first.disconnect();
    expect(await stateOf(ctx)).toBe('reconnecting');
    ctx.tick(89_000);
    await reconnect(ctx, 'BLR-014');
    expect(await stateOf(ctx)).toBe('online');
    ctx.tick(60_000);
    await settle(ctx);
    expect([await stateOf(ctx), told(ctx)]).toEqual(['online', []]);
  });

  test('is offline, and said to be, when the grace period is over', async ({ expect }) => {
    const ctx = testContext({ organization: { offline_grace_seconds: 120 } });
    const charger = await anOnlineCharger(ctx);
    await settle(ctx);
    clearOutbox(ctx);
    await charger.disconnect();
    ctx.tick(119_999);
    await settle(ctx);
    expect(told(ctx)).toEqual([]);
    ctx.tick(1);
    await settle(ctx);
    expect([await stateOf(ctx), told(ctx)]).toEqual(['offline', ['charger.offline']]);
    await reconnect(ctx, 'BLR-014');
    expect(told(ctx)).toEqual(['charger.offline', 'charger.online']);
  });

  test('counts the grace anew from each loss', async ({ expect }) => {
    const ctx = testContext();
    const first = await anOnlineCharger(ctx);
    await first.disconnect();
    ctx.tick(60_000);
    const second = await reconnect(ctx, 'BLR-014');
    await second.disconnect();
    ctx.tick(60_000);
    await settle(ctx);
    expect(await stateOf(ctx)).toBe('reconnecting');
    ctx.tick(30_000);
    await settle(ctx);
    expect(await stateOf(ctx)).toBe('offline');
  });

  test('ends by itself where its disconnect was lost: no socket lives beyond two hours', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    ctx.tick(2 * HOURS);
    await settle(ctx);
    expect(await stateOf(ctx)).toBe('online');
    ctx.tick(300_000);
    await settle(ctx);
    expect(await stateOf(ctx)).toBe('reconnecting');
    expect(ctx.sockets.ocpp.closed).toMatchObject([{ connectionId: charger.connectionId }]);
  });

  test('outlives the two hours of a socket that was replaced in time', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    ctx.tick(1.9 * HOURS);
    await reconnect(ctx, 'BLR-014');
    ctx.tick(0.2 * HOURS);
    await settle(ctx);
    expect(await stateOf(ctx)).toBe('online');
  });
});

describe('a sign of life', () => {
  test('costs no write while the stored one is fresh', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const before = ctx.table.stream.read(0, 1000).length;
    for (let n = 0; n < 5; n++) {
      ctx.tick(300_000);
      await charger.say('Heartbeat', {});
    }
    expect(ctx.table.stream.read(0, 1000)).toHaveLength(before);
  });

  test('is written once it is half an hour old', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    ctx.tick(1_800_000);
    await seen(ctx, 'BLR-014');
    expect(await findConnection(ctx, 'BLR-014')).toMatchObject({
      last_seen_at: '2026-06-01T05:00:00.000Z',
    });
  });

  test('of a charger without a connection is nothing', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    await seen(ctx, 'BLR-014');
    expect(await findConnection(ctx, 'BLR-014')).toBeUndefined();
  });
});

test('the status of the charger as a whole changes its row once, however often it is said', async ({
  expect,
}) => {
  const ctx = testContext();
  await anOnlineCharger(ctx);
  await reportOwnStatus(ctx, 'BLR-014', 'faulted');
  const { version } = await getCharger(ctx, 'BLR-014');
  await reportOwnStatus(ctx, 'BLR-014', 'faulted');
  expect(await getCharger(ctx, 'BLR-014')).toMatchObject({ own_status: 'faulted', version });
});
