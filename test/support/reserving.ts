import { endpoint as createReservation } from '#functions/api/reservations/create-reservation.ts';
import { endpoint as getReservation } from '#functions/api/reservations/get-reservation.ts';
import type { Context } from '#shared/core/context.ts';
import { ReservationView } from '#shared/reservations/reservation.ts';
import { call, type Reply } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger } from '#test/support/fake-charger.ts';

/** Minutes from now, as callers write it. */
export const inMinutes = (ctx: Pick<Context, 'now'>, minutes: number): string =>
  new Date(ctx.now().getTime() + minutes * 60_000).toISOString();

/** Half an hour from now on, of connector 1 of BLR-014, for the card HOLDER. */
export const reserve = (ctx: Context, more: object = {}, headers = {}): Promise<Reply> =>
  call(ctx, createReservation, {
    body: {
      charger_id: 'BLR-014',
      connector: 1,
      expires_at: inMinutes(ctx, 30),
      token_uid: 'HOLDER',
      ...more,
    },
    headers,
  });

export async function reservation(ctx: Context, id: unknown): Promise<ReservationView> {
  return ReservationView.parse(
    (await call(ctx, getReservation, { params: { reservation_id: id } })).body,
  );
}

type Version = '1.6' | '2.0.1';

/** A charger that has agreed to keep its connector for HOLDER, now. */
export async function kept(
  version: Version = '1.6',
): Promise<{ ctx: TestContext; charger: FakeCharger; id: string }> {
  const ctx = testContext();
  const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
  const id = String((await reserve(ctx)).body['id']);
  await charger.answer({ status: 'Accepted' });
  return { ctx, charger, id };
}

/** A charger of OCPP 1.6 without the reservation profile. */
export async function aChargerThatCannotReserve(ctx: TestContext): Promise<FakeCharger> {
  const charger = await anOnlineCharger(ctx);
  await reserve(ctx, { expires_at: inMinutes(ctx, 2) });
  await charger.fail('NotImplemented');
  ctx.tick(3 * 60_000);
  return charger;
}
