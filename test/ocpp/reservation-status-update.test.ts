import { describe, expect, test } from 'vitest';
import type { FakeCharger } from '#test/support/fake-charger.ts';
import { cancel, keptByCharger, MINUTE, newsOf, reservation } from '#test/support/reserving.ts';
import { settle } from '#test/support/settle.ts';

describe('ReservationStatusUpdate', () => {
  const tell = (charger: FakeCharger, reservationId: number, reservationUpdateStatus: string) =>
    charger.say('ReservationStatusUpdate', { reservationId, reservationUpdateStatus });

  test('Removed cancels it, and nothing is asked of the charger', async () => {
    const { ctx, charger, id } = await keptByCharger('2.0.1');
    expect(await tell(charger, 1, 'Removed')).toEqual({});
    expect(await reservation(ctx, id)).toMatchObject({
      status: 'canceled',
      canceled_by: 'charger',
    });
    await settle(ctx);
    expect(charger.calls()).toHaveLength(1);
  });

  test('Expired ends it when its time is over', async () => {
    const { ctx, charger, id } = await keptByCharger('2.0.1');
    ctx.tick(29.5 * MINUTE);
    await tell(charger, 1, 'Expired');
    await tell(charger, 1, 'Expired');
    expect(await reservation(ctx, id)).toMatchObject({ status: 'expired' });
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'expired']);
  });

  test('Expired by a clock that is wrong leaves it to us', async () => {
    const { ctx, charger, id } = await keptByCharger('2.0.1');
    await tell(charger, 1, 'Expired');
    expect(await reservation(ctx, id)).toMatchObject({ status: 'active', held_by: 'platform' });
  });

  test('of a number that is not ours, or of one that is over, is only acknowledged', async () => {
    const { ctx, charger, id } = await keptByCharger('2.0.1');
    await cancel(ctx, id);
    for (const n of [1, 7, -1]) expect(await tell(charger, n, 'Removed')).toEqual({});
    expect(await reservation(ctx, id)).toMatchObject({ canceled_by: 'request' });
  });
});
