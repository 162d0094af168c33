import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/chargers/list-chargers.ts';
import { endpoint as update } from '#functions/api/chargers/update-charger.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { manyChargers } from '#test/support/many-chargers.ts';

async function list(ctx: TestContext, query: object = {}) {
  const { body } = await call(ctx, endpoint, { query: { ...query } });
  const chargers = Array.isArray(body['chargers']) ? body['chargers'] : [];
  const { total, next_cursor: next } = body;
  return { chargers, ids: chargers.map((c) => c.id), total, next };
}
const aSite = (ctx: TestContext, id: string) => createSite(ctx, NewSite.parse({ id, name: id }));

describe('listChargers', () => {
  test('answers the published call with the published answer', async ({ expect }) => {
    const ctx = testContext();
    await aSite(ctx, 'BLR-IND');
    const socket = { id: 1, type: 'Type2', power_kw: 22 } as const;
    await anOnlineCharger(ctx, 'BLR-014', { site_id: 'BLR-IND', connectors: [socket] });
    await aCharger(ctx, 'BLR-900');
    const { body } = await call(ctx, endpoint, { query: { site_id: 'BLR-IND' } });
    expect(body).toMatchObject({
      chargers: [
        {
          id: 'BLR-014',
          model: 'MX-EV-22',
          status: 'available',
          connectors: [{ id: 1, type: 'Type2', status: 'Available', power_kw: 22 }],
        },
      ],
      total: 1,
      next_cursor: null,
    });
    const [charger] = (await list(ctx)).chargers;
    expect(Object.keys(charger).slice(0, 4)).toEqual(['id', 'model', 'status', 'connectors']);
  });

  test('counts all, and gives them a page at a time', async ({ expect }) => {
    const ctx = testContext();
    for (const id of ['A-3', 'A-1', 'A-2']) await aCharger(ctx, id);
    const first = await list(ctx, { limit: 2 });
    expect(first).toMatchObject({ ids: ['A-1', 'A-2'], total: 3 });
    const second = await list(ctx, { limit: 2, cursor: first.next });
    expect(second).toMatchObject({ ids: ['A-3'], total: 3, next: null });
  });

  test('narrows by status, model, label, text, ids and change', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx, 'A-1', { model: 'MX-EV-22', labels: ['roof'], name: 'Bay 17' });
    await anOnlineCharger(ctx, 'A-2', { serial_number: 'SN-0042' });
    const of = async (query: object) => (await list(ctx, query)).ids;
    expect(await of({ status: 'available,in_use' })).toEqual(['A-2']);
    expect(await of({ status: 'pending' })).toEqual(['A-1']);
    expect(await of({ label: 'roof' })).toEqual(['A-1']);
    expect(await of({ q: 'bay 1' })).toEqual(['A-1']);
    expect(await of({ q: 'sn-0042' })).toEqual(['A-2']);
    expect(await of({ model: 'MX-DC-60' })).toEqual([]);
    expect(await of({ ids: 'A-2,A-9' })).toEqual(['A-2']);
    ctx.tick(60_000);
    const since = ctx.now().toISOString();
    await call(ctx, update, { params: { charger_id: 'A-1' }, body: { name: 'Bay 18' } });
    expect(await of({ updated_since: since })).toEqual(['A-1']);
  });

  test('gives every match of a filter, however many chargers there are', async ({ expect }) => {
    const ctx = testContext();
    const ids = await manyChargers(ctx, 2300);
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const page = await list(ctx, {
        model: 'MX-EV-22',
        limit: 200,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.ids);
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(ids);
  });

  test('shows a key of some sites their chargers alone', async ({ expect }) => {
    const ctx = testContext();
    await aSite(ctx, 'BLR-IND');
    await aSite(ctx, 'BLR-KOR');
    await aCharger(ctx, 'A-1', { site_id: 'BLR-IND' });
    await aCharger(ctx, 'A-2', { site_id: 'BLR-KOR' });
    await aCharger(ctx, 'A-3');
    expect(await list(ctx.as(keyOfSites('BLR-KOR')))).toMatchObject({ ids: ['A-2'], total: 1 });
    const other = await list(ctx.as(keyOfSites('BLR-KOR')), { ids: 'A-1,A-2,A-3' });
    expect(other.ids).toEqual(['A-2']);
    expect(await list(ctx.as({ tenantId: 'other' }))).toMatchObject({ ids: [], total: 0 });
  });

  test.for([
    [{ limit: 0 }, 'limit'],
    [{ limit: 201 }, 'limit'],
    [{ limit: 'many' }, 'limit'],
    [{ status: 'broken' }, 'status.0'],
    [{ updated_since: 'yesterday' }, 'updated_since'],
    [{ cursor: 'made-up' }, 'cursor'],
  ] as const)('refuses %j', async ([query, field], { expect }) => {
    const { status, body } = await call(testContext(), endpoint, { query });
    expect([status, body['code']]).toEqual([400, 'invalid_request']);
    expect(body).toMatchObject({ errors: [{ field }] });
  });
});
