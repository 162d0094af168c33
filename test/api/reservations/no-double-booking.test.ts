import { describe, test } from 'vitest';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { inMinutes, newsOf, reserve, reserveAhead } from '#test/support/reserving.ts';
import { aSiteToReserveAt } from '#test/support/reserving-site.ts';

describe('no two reservations of a connector', () => {
  test('overlap; windows that touch do not', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const at = (a: number, b: number) =>
      reserve(ctx, { starts_at: inMinutes(ctx, a), expires_at: inMinutes(ctx, b) });
    expect((await at(60, 120)).status).toBe(201);
    for (const [a, b] of [
      [60, 120],
      [30, 61],
      [119, 150],
      [70, 80],
      [30, 150],
    ] as const)
      expect((await at(a, b)).body['code'], `${a}-${b}`).toBe('reservation_conflict');
    for (const [a, b] of [
      [30, 60],
      [120, 150],
    ] as const)
      expect((await at(a, b)).status).toBe(201);
  });

  test('are made, of fifty who ask at once', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) => reserveAhead(ctx, { token_uid: `CARD-${n}` })),
    );
    const codes = replies.map(({ status, body }) => (status === 201 ? 'made' : body['code']));
    expect(codes.filter((code) => code === 'made')).toHaveLength(1);
    expect(codes.filter((code) => code === 'reservation_conflict')).toHaveLength(49);
    expect(newsOf(ctx)).toEqual(['created', 'confirmed']);
  });

  test('are made of two plugs of one EVSE', async ({ expect }) => {
    const ctx = testContext();
    const connectors = [
      { id: 1, evse_id: 1, evse_connector_id: 1 },
      { id: 2, evse_id: 1, evse_connector_id: 2 },
      { id: 3, evse_id: 2, evse_connector_id: 1 },
    ];
    await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1', connectors });
    const of = async (connector: number) => (await reserveAhead(ctx, { connector })).status;
    expect([await of(1), await of(2), await of(3)]).toEqual([201, 409, 201]);
  });

  test('are made at a site where fifty ask for any of its connectors', async ({ expect }) => {
    const ctx = await aSiteToReserveAt();
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        reserveAhead(ctx, { charger_id: undefined, connector: undefined, site_id: 'BLR-IND' }),
      ),
    );
    const made = replies.filter(({ status }) => status === 201).map(({ body }) => body);
    expect(made.map((r) => `${r['charger_id']}/${r['connector']}`).sort()).toEqual([
      'A/1',
      'B/1',
      'B/2',
    ]);
  });
});
