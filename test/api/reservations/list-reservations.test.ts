import { describe, test } from 'vitest';
import { endpoint as getReservation } from '#functions/api/reservations/get-reservation.ts';
import { endpoint as listSlots } from '#functions/api/reservations/list-reservation-slots.ts';
import { endpoint as listReservations } from '#functions/api/reservations/list-reservations.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { inMinutes, reserve } from '#test/support/reserving.ts';
import { aSiteToReserveAt } from '#test/support/reserving-site.ts';

/** A's socket in an hour, B's first plug in two and in four hours, B's second in 30 days. */
async function aDiary(): Promise<{ ctx: TestContext; ids: string[] }> {
  const ctx = await aSiteToReserveAt();
  const rows = [
    ['A', 1, 60, 'CARD-1'],
    ['B', 1, 120, 'CARD-2'],
    ['B', 1, 240, 'CARD-1'],
    ['B', 2, 30 * 1440 - 1, 'CARD-3'],
  ] as const;
  const ids: string[] = [];
  for (const [charger_id, connector, minute, token_uid] of rows) {
    const starts_at = inMinutes(ctx, minute);
    const expires_at = inMinutes(ctx, minute + 60);
    const { body } = await reserve(ctx, {
      charger_id,
      connector,
      starts_at,
      expires_at,
      token_uid,
    });
    ids.push(String(body['id']));
  }
  return { ctx, ids };
}

const list = async (ctx: TestContext, query: object = {}) => {
  const { body } = await call(ctx, listReservations, { query: { ...query } });
  const items = body['reservations'];
  return { ...body, ids: (Array.isArray(items) ? items : []).map(({ id }) => id) };
};

describe('listReservations', () => {
  test('lists all, the latest window first, over the months', async ({ expect }) => {
    const { ctx, ids } = await aDiary();
    expect((await list(ctx)).ids).toEqual(ids.toReversed());
    expect(await list(ctx, { include_total: 'true' })).toMatchObject({ total: 4 });
  });

  test.for([
    [{ charger_id: 'B' }, [3, 2, 1]],
    [{ charger_id: 'A' }, [0]],
    [{ site_id: 'BLR-IND' }, [3, 2, 1, 0]],
    [{ site_id: 'OTHER' }, []],
    [{ status: 'active' }, []],
    [
      { status: 'confirmed,active', charger_id: 'B', starts_before: '2026-06-02T00:00:00Z' },
      [2, 1],
    ],
    [{ starts_after: '2026-06-01T06:30:00Z', starts_before: '2026-06-01T08:30:00Z' }, [1]],
    [{ driver_id: 'drv_1' }, []],
  ] as const)('%j', async ([query, expected], { expect }) => {
    const { ctx, ids } = await aDiary();
    expect((await list(ctx, query)).ids).toEqual(expected.map((n) => ids[n]));
  });

  test.for([{}, { site_id: 'BLR-IND' }, { charger_id: 'B' }])(
    'gives %j in pages, each one once',
    async (filter, { expect }) => {
      const { ctx } = await aDiary();
      const whole = (await list(ctx, filter)).ids;
      const seen: unknown[] = [];
      let cursor: unknown;
      do {
        const page = await list(ctx, { ...filter, limit: 1, ...(cursor ? { cursor } : {}) });
        seen.push(...page.ids);
        cursor = 'next_cursor' in page ? page['next_cursor'] : null;
      } while (cursor);
      expect(seen).toEqual(whole);
    },
  );

  test('shows none of another tenant, or of sites out of reach', async ({ expect }) => {
    const { ctx, ids } = await aDiary();
    for (const who of [ctx.as({ tenantId: 'other' }), ctx.as(keyOfSites('ELSEWHERE'))]) {
      expect((await list(who)).ids).toEqual([]);
      expect((await list(who, { ids: ids.join(',') })).ids).toEqual([]);
      const one = await call(who, getReservation, { params: { reservation_id: ids[0] } });
      expect(one.status).toBe(404);
    }
    expect((await list(ctx, { ids: ids.join(',') })).ids).toEqual(ids.toReversed());
  });
});

describe('listReservationSlots', () => {
  const slots = async (ctx: TestContext, query: object) => {
    const { status, body } = await call(ctx, listSlots, { query: { ...query } });
    const found = Array.isArray(body['reservation_slots']) ? body['reservation_slots'] : [];
    const shown = found.map(
      (s) =>
        `${s.charger_id}/${s.connector} ${s.starts_at.slice(11, 16)}-${s.expires_at.slice(11, 16)}`,
    );
    return { status, body, shown };
  };

  // It is 04:30; B/1 is kept 06:30-07:30 and 08:30-09:30; A has never connected.
  test('are the times between the windows of a connector', async ({ expect }) => {
    const { ctx } = await aDiary();
    const range = { site_id: 'BLR-IND', to: '2026-06-01T10:00:00Z' };
    expect((await slots(ctx, range)).shown).toEqual([
      'B/1 04:30-06:30',
      'B/1 07:30-08:30',
      'B/1 09:30-10:00',
      'B/2 04:30-10:00',
    ]);
    expect((await slots(ctx, { ...range, min_minutes: 90, min_power_kw: 60 })).shown).toEqual([
      'B/1 04:30-06:30',
      'B/2 04:30-10:00',
    ]);
    expect((await slots(ctx, { ...range, min_power_kw: 100 })).shown).toEqual(['B/2 04:30-10:00']);
    expect((await slots(ctx, { ...range, type: 'Type2' })).shown).toEqual([]);
  });

  test('can all be reserved', async ({ expect }) => {
    const { ctx } = await aDiary();
    const { body } = await slots(ctx, { charger_id: 'B', to: '2026-06-01T10:00:00Z' });
    const found = Array.isArray(body['reservation_slots']) ? body['reservation_slots'] : [];
    for (const { charger_id, connector, starts_at, expires_at } of found)
      expect((await reserve(ctx, { charger_id, connector, starts_at, expires_at })).status).toBe(
        201,
      );
    expect((await slots(ctx, { charger_id: 'B', to: '2026-06-01T10:00:00Z' })).shown).toEqual([]);
  });

  test('come in pages', async ({ expect }) => {
    const { ctx } = await aDiary();
    const range = { charger_id: 'B', to: '2026-06-01T10:00:00Z', limit: 3 };
    const first = await slots(ctx, range);
    expect(first.body).toMatchObject({ total: 4 });
    const rest = await slots(ctx, { ...range, cursor: first.body['next_cursor'] });
    expect([...first.shown, ...rest.shown]).toHaveLength(4);
    expect(rest.body).toMatchObject({ next_cursor: null });
  });

  test.for([
    [{}, 400],
    [{ site_id: 'BLR-IND', to: '2026-06-01T04:00:00Z' }, 400],
    [{ site_id: 'BLR-IND', to: '2026-06-09T04:30:00Z' }, 400],
    [{ site_id: 'NOWHERE' }, 422],
    [{ charger_id: 'NOWHERE' }, 404],
  ] as const)('of %j are refused', async ([query, status], { expect }) => {
    const { ctx } = await aDiary();
    expect((await slots(ctx, query)).status).toBe(status);
  });
});
