import { describe, test } from 'vitest';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger, keyOfSites, reconnect } from '#test/support/fake-charger.ts';
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

describe('cancelReservation', () => {
  test.for(['1.6', '2.0.1'] as const)(
    'frees the connector, and tells a charger of %s',
    async (version, { expect }) => {
      const { ctx, charger, id } = await keptByCharger(version);
      const { status, body } = await cancel(ctx, id);
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'canceled', canceled_by: 'request' });
      expect(charger.calls().at(-1)).toMatchObject({
        action: 'CancelReservation',
        payload: { reservationId: 1 },
      });
      await charger.answer({ status: 'Accepted' });
      expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'canceled']);
      expect((await reserve(ctx)).status).toBe(201);
    },
  );

  test('stays done though the charger refuses', async ({ expect }) => {
    const { ctx, charger, id } = await keptByCharger();
    await cancel(ctx, id);
    await charger.answer({ status: 'Rejected' });
    expect(await reservation(ctx, id)).toMatchObject({ status: 'canceled' });
  });

  test('changes nothing when it is repeated, or comes too late', async ({ expect }) => {
    const { ctx, charger, id } = await keptByCharger();
    const first = await cancel(ctx, id);
    const again = await cancel(ctx, id);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(charger.calls()).toHaveLength(2);
  });

  test('says nothing to a charger that was never asked', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    await cancel(ctx, body['id']);
    ctx.tick(60 * MINUTE);
    await settle(ctx);
    expect(charger.calls()).toEqual([]);
    expect(await reservation(ctx, body['id'])).toMatchObject({ status: 'canceled' });
  });

  test('reaches the charger behind the reservation that waits for it', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserveAhead(ctx);
    await charger.disconnect();
    ctx.tick(61 * MINUTE);
    await settle(ctx);
    ctx.tick(1000);
    await cancel(ctx, body['id']);
    const back = await reconnect(ctx, 'BLR-014');
    ctx.tick(MINUTE);
    await settle(ctx);
    await back.answer({ status: 'Accepted' });
    expect(back.calls().map(({ action }) => action)).toEqual(['ReserveNow', 'CancelReservation']);
    expect(await reservation(ctx, body['id'])).toMatchObject({ status: 'canceled' });
  });

  test('frees a connector that only we keep', async ({ expect }) => {
    const { ctx, id } = await keptByPlatform();
    await cancel(ctx, id);
    expect((await reserve(ctx, { token_uid: 'OTHER' })).status).toBe(201);
  });

  test('knows none of another tenant, or of a site out of reach', async ({ expect }) => {
    const { ctx, id } = await keptByCharger();
    for (const who of [ctx.as({ tenantId: 'other' }), ctx.as(keyOfSites('ELSEWHERE'))])
      expect((await cancel(who, id)).status).toBe(404);
    expect(await reservation(ctx, id)).toMatchObject({ status: 'active' });
  });
});
