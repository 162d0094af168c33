import { describe, expect, test } from 'vitest';
import { endpoint as cancelReservation } from '#functions/api/reservations/cancel-reservation.ts';
import { endpoint as createReservation } from '#functions/api/reservations/create-reservation.ts';
import { endpoint as listReservations } from '#functions/api/reservations/list-reservations.ts';
import { endpoint as startSession } from '#functions/api/sessions/start-session.ts';
import { updateDriver } from '#shared/drivers/update-driver.ts';
import { aDriver, tokenOf } from '#test/support/a-driver.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { inMinutes } from '#test/support/reserving.ts';

/** Two drivers with a card each, and one without. */
async function threeDrivers() {
  const ctx = testContext();
  await anOnlineCharger(ctx, 'BLR-014');
  const [asha, ben, carl] = [await aDriver(ctx), await aDriver(ctx), await aDriver(ctx)];
  const card = await aToken(ctx, { uid: 'ASHA', driver_id: asha.id });
  const his = await aToken(ctx, { uid: 'BEN', driver_id: ben.id });
  const apps = [asha, ben, carl].map((driver) => ctx.as(tokenOf(driver))) as [
    TestContext,
    TestContext,
    TestContext,
  ];
  return { ctx, asha, ben, card, his, apps };
}

/** An hour, so many hours ahead. */
const reserve = (ctx: TestContext, hours: number, more: object = {}) =>
  call(ctx, createReservation, {
    body: {
      charger_id: 'BLR-014',
      connector: 1,
      starts_at: inMinutes(ctx, hours * 60),
      expires_at: inMinutes(ctx, hours * 60 + 60),
      ...more,
    },
  });

describe('a driver who reserves', () => {
  test('does so for the driver, whoever is named or nobody', async () => {
    const { asha, card, apps } = await threeDrivers();
    const [app] = apps;
    const ways = [{}, { driver_id: 'me' }, { driver_id: asha.id }, { token_id: card.id }];
    for (const [n, more] of [...ways, { token_uid: 'asha' }].entries())
      expect(await reserve(app, n + 1, more)).toMatchObject({
        status: 201,
        body: { driver_id: asha.id, token_id: card.id },
      });
  });

  test.each(['driver_id', 'token_id', 'token_uid'] as const)(
    'is told of the %s of another as of none that is there',
    async (field) => {
      const { ben, his, apps } = await threeDrivers();
      const theirs = { driver_id: ben.id, token_id: his.id, token_uid: 'BEN' }[field];
      const refusals = [
        await reserve(apps[0], 1, { [field]: theirs }),
        await reserve(apps[0], 1, { [field]: 'x_none' }),
      ];
      for (const refusal of refusals)
        expect(refusal).toMatchObject({ status: 422, body: { errors: [{ field }] } });
      expect(refusals[0]?.text).toBe(refusals[1]?.text.replaceAll('x_none', String(theirs)));
    },
  );

  test('needs a card of the own', async () => {
    const { apps } = await threeDrivers();
    expect(await reserve(apps[2], 1)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'driver_id' }] },
    });
  });

  test('keeps five ahead at most, and none once blocked', async () => {
    const { ctx, asha, apps } = await threeDrivers();
    const [app, other] = apps;
    for (const hours of [1, 2, 3, 4, 5]) expect((await reserve(app, hours)).status).toBe(201);
    const full = { status: 403, body: { code: 'authorization_rejected' } };
    expect(await reserve(app, 6)).toMatchObject(full);
    expect((await reserve(other, 6)).status).toBe(201);
    const { body } = await call(app, listReservations, { query: { include_total: true } });
    expect(body).toMatchObject({ total: 5, next_cursor: null });
    const [first] = body['reservations'] as { id: string }[];
    const params = { reservation_id: first?.id };
    expect((await call(other, cancelReservation, { params })).status).toBe(404);
    expect((await call(app, cancelReservation, { params })).status).toBe(200);
    expect((await reserve(app, 8)).status).toBe(201);
    await updateDriver(ctx, asha.id, { status: 'blocked' });
    expect(await reserve(app, 9)).toMatchObject(full);
  });

  test('begins on the own reservation alone, and it is the driver’s session', async () => {
    const { ctx, asha, apps } = await threeDrivers();
    const [app, other] = apps;
    const now = { starts_at: undefined, expires_at: inMinutes(ctx, 30) };
    const { body } = await reserve(ctx, 0, { ...now, driver_id: asha.id });
    const start = { charger_id: 'BLR-014', reservation_id: body['id'] };
    expect(await call(other, startSession, { body: start })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'reservation_id', code: 'not_found' }] },
    });
    const named = { ...start, driver_id: (await aDriver(ctx)).id };
    expect((await call(ctx, startSession, { body: named })).status).toBe(422);
    expect(await call(app, startSession, { body: start })).toMatchObject({
      status: 201,
      body: { driver_id: asha.id, reservation_id: body['id'] },
    });
  });
});
