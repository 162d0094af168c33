import { describe, test } from 'vitest';
import { aCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { reserve, reserveAhead } from '#test/support/reserving.ts';
import { aSiteToReserveAt } from '#test/support/reserving-site.ts';

describe('any matching connector', () => {
  const any = { charger_id: undefined, connector: undefined, site_id: 'BLR-IND' };

  test.for<[object, string]>([
    [{}, 'A/1'],
    [{ type: 'CCS2' }, 'B/1'],
    [{ min_power_kw: 50 }, 'B/1'],
    [{ min_power_kw: 100 }, 'B/2'],
    [{ charger_id: 'B', site_id: undefined }, 'B/1'],
  ])('%j is the weakest that suffices', async ([more, chosen], { expect }) => {
    const ctx = await aSiteToReserveAt();
    const { body } = await reserveAhead(ctx, { ...any, ...more });
    expect(`${body['charger_id']}/${body['connector']}`).toBe(chosen);
  });

  test('for now is one that can be kept now', async ({ expect }) => {
    const ctx = await aSiteToReserveAt();
    const { body } = await reserve(ctx, any);
    expect(body).toMatchObject({ charger_id: 'B', connector: 1, status: 'requested' });
  });

  test('is refused where none matches', async ({ expect }) => {
    const ctx = await aSiteToReserveAt();
    const { status, body } = await reserveAhead(ctx, { ...any, type: 'CHAdeMO' });
    expect([status, body['code']]).toEqual([409, 'reservation_conflict']);
    await aCharger(ctx, 'OTHER');
    expect((await reserveAhead(ctx.as(keyOfSites('X')), any)).status).toBe(422);
  });
});
