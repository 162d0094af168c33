import { endpoint as cancelReservation } from '#functions/api/reservations/cancel-reservation.ts';
import { endpoint as createReservation } from '#functions/api/reservations/create-reservation.ts';
import { endpoint as getReservation } from '#functions/api/reservations/get-reservation.ts';
import type { Context } from '#shared/core/context.ts';
import { ReservationView } from '#shared/reservations/reservation.ts';
import { call, type Reply } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';

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

/** The same, an hour ahead and for an hour. */
export const reserveAhead = (ctx: Context, more: object = {}): Promise<Reply> =>
  reserve(ctx, { starts_at: inMinutes(ctx, 60), expires_at: inMinutes(ctx, 120), ...more });

export const cancel = (ctx: Context, id: unknown): Promise<Reply> =>
  call(ctx, cancelReservation, { params: { reservation_id: id } });

export async function reservation(ctx: Context, id: unknown): Promise<ReservationView> {
  const { body } = await call(ctx, getReservation, { params: { reservation_id: id } });
  return ReservationView.parse(body);
}

type Version = '1.6' | '2.0.1';
interface Kept {
  readonly ctx: TestContext;
  readonly charger: FakeCharger;
  readonly id: string;
}

/** A charger that has agreed to keep its connector for HOLDER, now. */
export async function keptByCharger(version: Version = '1.6'): Promise<Kept> {
  const ctx = testContext();
  const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
  const id = String((await reserve(ctx)).body['id']);
  await charger.answer({ status: 'Accepted' });
  return { ctx, charger, id };
}

/** A connector that we keep for HOLDER, since its charger cannot. */
export async function keptByPlatform(version: Version = '1.6'): Promise<Kept> {
  const ctx = testContext();
  const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
  const id = String((await reserve(ctx)).body['id']);
  await charger.fail('NotImplemented');
  return { ctx, charger, id };
}

/** What was told of reservations, in order. */
export const newsOf = (ctx: TestContext): string[] =>
  recordedEvents(ctx)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('reservation.'))
    .map((type) => type.slice('reservation.'.length));

export const MINUTE = 60_000;
