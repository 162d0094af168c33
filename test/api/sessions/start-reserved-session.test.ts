import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/sessions/start-session.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import {
  cancel,
  keptByCharger,
  keptByPlatform,
  MINUTE,
  reservation,
  reserve,
  reserveAhead,
} from '#test/support/reserving.ts';
import { settle } from '#test/support/settle.ts';

const start = (ctx: TestContext, more: object = {}) =>
  call(ctx, endpoint, { body: { charger_id: 'BLR-014', ...more } });

describe('startSession where a connector is reserved', () => {
  test('is refused to anybody else', async ({ expect }) => {
    for (const kept of [keptByCharger, keptByPlatform]) {
      const { ctx } = await kept();
      const { status, body } = await start(ctx);
      expect([status, body['code']]).toEqual([409, 'connector_unavailable']);
    }
  });

  test('is refused where the charger says Reserved, and we know of none', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await charger.say('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status: 'Reserved',
    });
    expect((await start(ctx)).body['code']).toBe('connector_unavailable');
  });

  test.for([
    ['1.6', { connectorId: 1, idTag: 'HOLDER' }],
    ['2.0.1', { idToken: { idToken: 'HOLDER', type: 'ISO14443' } }],
  ] as const)(
    'begins with the token of the reservation in %s, and fulfils it',
    async (row, { expect }) => {
      const [version, payload] = row;
      const { ctx, charger, id } = await keptByCharger(version);
      const place = { connectorId: 1, errorCode: 'NoError', status: 'Reserved' };
      if (version === '1.6') await charger.say('StatusNotification', place);
      const { status, body } = await start(ctx, { reservation_id: id });
      expect(status).toBe(201);
      expect(body).toMatchObject({ connector: 1, reservation_id: id, auth_method: 'api' });
      const { payload: sent } = charger.calls().at(-1) ?? {};
      expect(sent).toMatchObject(payload);
      await charger.answer({ status: 'Accepted' });
      await settle(ctx);
      expect(await reservation(ctx, id)).toMatchObject({ status: 'active' });
      if (version === '1.6')
        await charger.say('StartTransaction', {
          connectorId: 1,
          idTag: 'HOLDER',
          meterStart: 0,
          timestamp: ctx.now().toISOString(),
          reservationId: 1,
        });
      else
        await charger.say('TransactionEvent', {
          eventType: 'Started',
          timestamp: ctx.now().toISOString(),
          triggerReason: 'RemoteStart',
          seqNo: 0,
          transactionInfo: {
            transactionId: 'TX',
            chargingState: 'Charging',
            remoteStartId: Object(sent).remoteStartId,
          },
          evse: { id: 1, connectorId: 1 },
          idToken: { idToken: 'HOLDER', type: 'ISO14443' },
        });
      await settle(ctx);
      expect(await reservation(ctx, id)).toMatchObject({
        status: 'fulfilled',
        session_id: body['id'],
      });
    },
  );

  test('is recognised in 1.6 though the charger forgets to name the reservation', async ({
    expect,
  }) => {
    const { ctx, charger, id } = await keptByCharger();
    const { body } = await start(ctx, { reservation_id: id });
    await charger.answer({ status: 'Accepted' });
    await charger.say('StartTransaction', {
      connectorId: 1,
      idTag: 'HOLDER',
      meterStart: 0,
      timestamp: ctx.now().toISOString(),
    });
    await settle(ctx);
    expect(await reservation(ctx, id)).toMatchObject({
      status: 'fulfilled',
      session_id: body['id'],
    });
  });

  test('whose start fails leaves the reservation as it is', async ({ expect }) => {
    const { ctx, charger, id } = await keptByCharger();
    await start(ctx, { reservation_id: id });
    await charger.answer({ status: 'Rejected' });
    await settle(ctx);
    expect(await reservation(ctx, id)).toMatchObject({ status: 'active', session_id: null });
    expect((await start(ctx, { reservation_id: id })).status).toBe(201);
  });

  test('refuses one that is unknown, of another place, over or far ahead', async ({ expect }) => {
    const ctx = testContext();
    const connectors = [{ id: 1 }, { id: 2 }];
    await anOnlineCharger(ctx, 'BLR-014', { connectors });
    await anOnlineCharger(ctx, 'OTHER');
    const ahead = String((await reserveAhead(ctx)).body['id']);
    const codeOf = async (more: object) => (await start(ctx, more)).body['code'];
    expect(await codeOf({ connector: 1, reservation_id: 'res_none' })).toBe('validation_failed');
    expect(await codeOf({ connector: 2, reservation_id: ahead })).toBe('validation_failed');
    expect(await codeOf({ charger_id: 'OTHER', reservation_id: ahead })).toBe('validation_failed');
    expect(await codeOf({ reservation_id: ahead })).toBe('reservation_conflict');
    await cancel(ctx, ahead);
    ctx.tick(61 * MINUTE);
    expect(await codeOf({ reservation_id: ahead })).toBe('reservation_conflict');
  });

  // The start and the reservation are written at once: one of them wins, never both.
  test('and a reservation for now at the same instant are never both done', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const [session, kept] = await Promise.all([start(ctx), reserve(ctx)]);
    expect([session.status, kept.status].toSorted()).toEqual([201, 409]);
  });
});
