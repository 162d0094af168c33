import { describe, test } from 'vitest';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { keys } from '#shared/db/keys.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, reconnect } from '#test/support/fake-charger.ts';
import {
  cancel,
  keptByCharger,
  keptByPlatform,
  MINUTE,
  newsOf,
  reservation,
  reserve,
  reserveAhead,
} from '#test/support/reserving.ts';
import { settle } from '#test/support/settle.ts';

const shown = async (ctx: TestContext) =>
  (await call(ctx, getCharger, { params: { charger_id: 'BLR-014' } })).body;

async function pass(ctx: TestContext, minutes: number) {
  ctx.tick(minutes * MINUTE);
  await settle(ctx);
}

describe('a window ahead', () => {
  test('is asked of the charger ten minutes before it opens, then opens, and closes', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    expect(body).toMatchObject({ status: 'confirmed', held_by: 'platform' });
    await pass(ctx, 49);
    expect(charger.calls()).toEqual([]);
    expect(await shown(ctx)).toMatchObject({ status: 'available' });
    await pass(ctx, 1);
    expect(charger.calls()).toMatchObject([
      { action: 'ReserveNow', payload: { expiryDate: '2026-06-01T06:30:00.000Z' } },
    ]);
    await charger.answer({ status: 'Accepted' });
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'confirmed',
      held_by: 'charger',
    });
    await pass(ctx, 10);
    expect(await reservation(ctx, body['id'])).toMatchObject({ status: 'active' });
    expect(await shown(ctx)).toMatchObject({
      status: 'reserved',
      connectors: [{ status: 'Reserved', reservation_id: body['id'] }],
    });
    await pass(ctx, 60);
    expect(await reservation(ctx, body['id'])).toMatchObject({ status: 'expired' });
    expect(await shown(ctx)).toMatchObject({
      status: 'available',
      connectors: [{ status: 'Available', reservation_id: null }],
    });
    expect(charger.calls()).toHaveLength(1);
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'expired']);
  });

  test('that the charger refuses early is asked for once more when it opens', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    await pass(ctx, 50);
    await charger.answer({ status: 'Occupied' });
    expect(await reservation(ctx, body['id'])).toMatchObject({ status: 'confirmed' });
    await pass(ctx, 10);
    expect(charger.calls()).toHaveLength(2);
    await charger.answer({ status: 'Accepted' });
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'active',
      held_by: 'charger',
    });
  });

  test('that the charger still refuses when it opens is rejected', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    await pass(ctx, 50);
    await charger.answer({ status: 'Occupied' });
    await pass(ctx, 10);
    await charger.answer({ status: 'Occupied' });
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'rejected',
      rejected_reason: 'occupied',
    });
    expect(await shown(ctx)).toMatchObject({ connectors: [{ reservation_id: null }] });
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'rejected']);
  });

  test('of a charger that cannot keep one is rejected where somebody charges on', async ({
    expect,
  }) => {
    const { ctx, charger, id } = await keptByPlatform();
    await cancel(ctx, id);
    const { body } = await reserveAhead(ctx);
    await charger.say('StartTransaction', {
      connectorId: 1,
      idTag: 'OTHER',
      meterStart: 0,
      timestamp: ctx.now().toISOString(),
    });
    await pass(ctx, 60);
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'rejected',
      rejected_reason: 'occupied',
    });
  });

  test('is rejected by policy when its token has been blocked meanwhile', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    const item = { ...keys.token('demo', 'HOLDER'), uid: 'HOLDER', type: 'rfid', status: 'lost' };
    await ctx.table.write([{ op: 'put', item }]);
    await pass(ctx, 60);
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'rejected',
      rejected_reason: 'policy',
    });
    expect(charger.calls()).toEqual([]);
  });

  test('of a charger that is away when it opens is kept by us, and asked for when it is back', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    await charger.disconnect();
    await pass(ctx, 61);
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'active',
      held_by: 'platform',
    });
    const back = await reconnect(ctx, 'BLR-014');
    await pass(ctx, 1);
    expect(back.calls()).toMatchObject([{ action: 'ReserveNow' }]);
    await back.answer({ status: 'Accepted' });
    expect(await reservation(ctx, body['id'])).toMatchObject({ held_by: 'charger' });
  });

  test('that closes while the charger is away is over, and never asked for', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    await charger.disconnect();
    await pass(ctx, 61);
    await pass(ctx, 60);
    expect(await reservation(ctx, body['id'])).toMatchObject({ status: 'expired' });
    const back = await reconnect(ctx, 'BLR-014');
    await pass(ctx, 1);
    expect(back.calls()).toEqual([]);
  });
});

describe('a window that is open', () => {
  // The answer to ReserveNow is all that some chargers ever say.
  test('is kept though the charger never says Reserved', async ({ expect }) => {
    const { ctx } = await keptByCharger();
    expect(await shown(ctx)).toMatchObject({ connectors: [{ status: 'Reserved' }] });
    expect((await reserve(ctx, { token_uid: 'OTHER' })).body['code']).toBe('reservation_conflict');
  });

  test('is kept by us where the charger does not answer', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { body } = await reserve(ctx);
    await settle(ctx);
    await pass(ctx, 1);
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'active',
      held_by: 'platform',
    });
  });

  test('does not follow another at the same instant off its connector', async ({ expect }) => {
    const { ctx, id } = await keptByPlatform();
    const next = await reserve(ctx, {
      starts_at: '2026-06-01T05:00:00Z',
      expires_at: '2026-06-01T05:30:00Z',
      token_uid: 'NEXT',
    });
    await pass(ctx, 25);
    expect(await shown(ctx)).toMatchObject({ connectors: [{ reservation_id: id }] });
    await pass(ctx, 5);
    expect(await reservation(ctx, id)).toMatchObject({ status: 'expired' });
    expect(await shown(ctx)).toMatchObject({ connectors: [{ reservation_id: next.body['id'] }] });
  });

  test('is advanced once, however often its tasks come', async ({ expect }) => {
    const { ctx, id } = await keptByPlatform();
    await pass(ctx, 31);
    const before = await reservation(ctx, id);
    await pass(ctx, 31);
    expect(await reservation(ctx, id)).toEqual(before);
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'expired']);
  });
});
