import { describe, expect, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import type { TestContext } from '#test/support/context.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger, reconnect } from '#test/support/fake-charger.ts';
import { sessionsOf } from '#test/support/ocpp-site.ts';
import {
  cancel,
  keptByCharger,
  keptByPlatform,
  MINUTE,
  newsOf,
  reservation,
  reserve,
} from '#test/support/reserving.ts';
import { settle } from '#test/support/settle.ts';

const start16 = (ctx: TestContext, idTag: string, more: object = {}) => ({
  connectorId: 1,
  idTag,
  meterStart: 1000,
  timestamp: ctx.now().toISOString(),
  ...more,
});

const event201 = (ctx: TestContext, more: object = {}) => ({
  eventType: 'Started',
  timestamp: ctx.now().toISOString(),
  triggerReason: 'Authorized',
  seqNo: 0,
  transactionInfo: { transactionId: 'TX-1', chargingState: 'Charging' },
  evse: { id: 1, connectorId: 1 },
  idToken: { idToken: 'HOLDER', type: 'ISO14443' },
  ...more,
});

const card = (ctx: TestContext, uid: string, more: object) =>
  ctx.table.write([
    { op: 'put', item: { ...keys.token('demo', uid), uid, type: 'rfid', ...more } },
  ]);

const fulfilled = async (ctx: TestContext, id: string) => {
  await settle(ctx);
  const [session] = await sessionsOf(ctx);
  expect(session).toMatchObject({ reservation_id: id, status: 'charging' });
  expect(await reservation(ctx, id)).toMatchObject({
    status: 'fulfilled',
    session_id: session?.id,
  });
};

describe('a connector that we keep', () => {
  test('refuses another card at the reader, and marks what it charges', async () => {
    const { ctx, charger, id } = await keptByPlatform();
    const refused = { idTagInfo: { status: expect.not.stringMatching('Accepted') } };
    expect(await charger.say('Authorize', { idTag: 'OTHER' })).toMatchObject(refused);
    expect(await charger.say('StartTransaction', start16(ctx, 'OTHER'))).toMatchObject({
      transactionId: 1,
      ...refused,
    });
    await settle(ctx);
    const [session] = await sessionsOf(ctx);
    expect(session).toMatchObject({ status: 'charging', reservation_id: null });
    expect(await reservation(ctx, id)).toMatchObject({ status: 'active' });
  });

  test('takes its own card, however it is spelled, and is fulfilled', async () => {
    const { ctx, charger, id } = await keptByPlatform();
    const accepted = { idTagInfo: { status: 'Accepted' } };
    expect(await charger.say('Authorize', { idTag: 'holder' })).toMatchObject(accepted);
    expect(await charger.say('StartTransaction', start16(ctx, 'holder'))).toMatchObject(accepted);
    await fulfilled(ctx, id);
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'fulfilled']);
  });

  test.for([
    ['group', { group_id: 'FLEET-7' }],
    ['driver', { driver_id: 'drv_1' }],
  ] as const)('takes another card of the same %s', async ([, same]) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await card(ctx, 'HOLDER', same);
    await card(ctx, 'COLLEAGUE', same);
    const id = String((await reserve(ctx)).body['id']);
    await charger.answer({ status: 'Accepted' });
    expect(await charger.say('StartTransaction', start16(ctx, 'COLLEAGUE'))).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    });
    await fulfilled(ctx, id);
  });

  test('leaves the other connectors of the charger to anybody', async () => {
    const ctx = testContext();
    const connectors = [{ id: 1 }, { id: 2 }];
    const charger = await anOnlineCharger(ctx, 'BLR-014', { connectors });
    await reserve(ctx);
    await charger.fail('NotImplemented');
    const accepted = { idTagInfo: { status: 'Accepted' } };
    expect(await charger.say('Authorize', { idTag: 'OTHER' })).toMatchObject(accepted);
    expect(
      await charger.say('StartTransaction', start16(ctx, 'OTHER', { connectorId: 2 })),
    ).toMatchObject(accepted);
  });

  test('is anybody’s again when its window has closed', async () => {
    const { ctx, charger } = await keptByPlatform();
    ctx.tick(30 * MINUTE);
    expect(await charger.say('StartTransaction', start16(ctx, 'OTHER'))).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    });
  });

  test('lets the card stop that charged there before', async () => {
    const { ctx, charger, id } = await keptByPlatform();
    await cancel(ctx, id);
    const { transactionId } = Object(await charger.say('StartTransaction', start16(ctx, 'OTHER')));
    await reserve(ctx, {
      starts_at: new Date(ctx.now().getTime() + 5 * MINUTE).toISOString(),
      expires_at: new Date(ctx.now().getTime() + 60 * MINUTE).toISOString(),
    });
    ctx.tick(10 * MINUTE);
    expect(await charger.say('Authorize', { idTag: 'OTHER' })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    });
    expect(transactionId).toBe(1);
  });
});

describe('a start that names the reservation', () => {
  test('fulfils it in 1.6', async () => {
    const { ctx, charger, id } = await keptByCharger();
    await charger.say('StartTransaction', start16(ctx, 'HOLDER', { reservationId: 1 }));
    await fulfilled(ctx, id);
  });

  test('fulfils it in 2.0.1', async () => {
    const { ctx, charger, id } = await keptByCharger('2.0.1');
    await charger.say('TransactionEvent', event201(ctx, { reservationId: 1 }));
    await fulfilled(ctx, id);
  });

  test('fulfils it in 2.0.1 with a later event, and a token shown late', async () => {
    const { ctx, charger, id } = await keptByCharger('2.0.1');
    const first = { idToken: undefined, triggerReason: 'CablePluggedIn' };
    await charger.say('TransactionEvent', event201(ctx, first));
    await settle(ctx);
    expect(await reservation(ctx, id)).toMatchObject({ status: 'active' });
    await charger.say('TransactionEvent', event201(ctx, { eventType: 'Updated', seqNo: 1 }));
    await fulfilled(ctx, id);
  });

  test('fulfils it once, however often it comes', async () => {
    const { ctx, charger, id } = await keptByCharger();
    const report = start16(ctx, 'HOLDER', { reservationId: 1 });
    const first = await charger.say('StartTransaction', report);
    await settle(ctx);
    expect(await charger.say('StartTransaction', report)).toEqual(first);
    await fulfilled(ctx, id);
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'fulfilled']);
  });

  test.for([0, -1, 2, 4_000_000_000])(
    '%d, which is none, begins a charge all the same',
    async (n) => {
      const { ctx, charger, id } = await keptByCharger();
      const answer = await charger.say(
        'StartTransaction',
        start16(ctx, 'OTHER', { reservationId: n }),
      );
      expect(answer).toMatchObject({ transactionId: 1 });
      await settle(ctx);
      expect((await sessionsOf(ctx))[0]).toMatchObject({ reservation_id: null });
      expect(await reservation(ctx, id)).toMatchObject({ status: 'active' });
    },
  );
});

// The charger was offline: what happened within the window is told after it.
test.for([[{ reservationId: 1 }], [{}]] as const)(
  'a start within the window that is told after it (%j) makes the no-show good',
  async ([named]) => {
    const { ctx, charger, id } = await keptByCharger();
    await charger.disconnect();
    const began = start16(ctx, 'HOLDER', { timestamp: '2026-06-01T04:45:00Z', ...named });
    ctx.tick(45 * MINUTE);
    await settle(ctx);
    expect(await reservation(ctx, id)).toMatchObject({ status: 'expired', session_id: null });
    const back = await reconnect(ctx, 'BLR-014');
    await back.say('StartTransaction', began);
    await fulfilled(ctx, id);
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'expired', 'fulfilled']);
  },
);

test('a charger that agrees after the session has begun is asked to forget it', async () => {
  const ctx = testContext();
  const charger: FakeCharger = await anOnlineCharger(ctx);
  const id = String((await reserve(ctx)).body['id']);
  await charger.say('StartTransaction', start16(ctx, 'HOLDER'));
  await fulfilled(ctx, id);
  await charger.answer({ status: 'Accepted' });
  await settle(ctx);
  expect(charger.calls().map(({ action }) => action)).toEqual(['ReserveNow', 'CancelReservation']);
});
