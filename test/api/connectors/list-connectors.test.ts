import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/connectors/list-connectors.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { manyChargers } from '#test/support/many-chargers.ts';

async function list(ctx: TestContext, query: object = {}) {
  const { body } = await call(ctx, endpoint, { query: { ...query } });
  const connectors = Array.isArray(body['connectors']) ? body['connectors'] : [];
  const { total, next_cursor: next } = body;
  return { connectors, places: connectors.map((c) => `${c.charger_id}/${c.id}`), total, next };
}

/** A-1 at BLR-IND with two connectors, online; A-2 with one, never connected. */
async function twoChargers(ctx: TestContext) {
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
  const connectors = [
    { id: 1, type: 'Type2', power_kw: 22 },
    { id: 2, type: 'CCS2', power_kw: 60 },
  ] as const;
  const charger = await anOnlineCharger(ctx, 'A-1', {
    site_id: 'BLR-IND',
    connectors: [...connectors],
  });
  await aCharger(ctx, 'A-2', { connectors: [{ id: 1, type: 'Type2' }] });
  return charger;
}

describe('listConnectors', () => {
  test('gives each with its charger and site, by charger and number', async ({ expect }) => {
    const ctx = testContext();
    await twoChargers(ctx);
    const { connectors, places, total, next } = await list(ctx);
    expect([places, total, next]).toEqual([['A-1/1', 'A-1/2', 'A-2/1'], 3, null]);
    expect(connectors[0]).toMatchObject({
      id: 1,
      charger_id: 'A-1',
      site_id: 'BLR-IND',
      type: 'Type2',
      status: 'Available',
      power_kw: 22,
      status_stale: false,
    });
    expect(connectors[2]).toMatchObject({ site_id: null, status_stale: true });
  });

  test('narrows by site, charger, status, plug, power and change', async ({ expect }) => {
    const ctx = testContext();
    const charger = await twoChargers(ctx);
    const of = async (query: object) => (await list(ctx, query)).places;
    expect(await of({ site_id: 'BLR-IND' })).toEqual(['A-1/1', 'A-1/2']);
    expect(await of({ charger_id: 'A-2' })).toEqual(['A-2/1']);
    expect(await of({ status: 'Available' })).toEqual(['A-1/1', 'A-1/2']);
    expect(await of({ type: 'CCS2,CHAdeMO' })).toEqual(['A-1/2']);
    expect(await of({ min_power_kw: 50 })).toEqual(['A-1/2']);
    ctx.tick(60_000);
    const updated_since = ctx.now().toISOString();
    const status = { connectorId: 2, errorCode: 'NoError', status: 'Charging' };
    await charger.say('StatusNotification', status);
    expect(await of({ updated_since })).toEqual(['A-1/2']);
    expect(await of({ status: 'Charging,SuspendedEV' })).toEqual(['A-1/2']);
  });

  test('goes a page at a time, across chargers', async ({ expect }) => {
    const ctx = testContext();
    await twoChargers(ctx);
    const first = await list(ctx, { limit: 2 });
    expect(first).toMatchObject({ places: ['A-1/1', 'A-1/2'], total: 3 });
    const second = await list(ctx, { limit: 2, cursor: first.next });
    expect(second).toMatchObject({ places: ['A-2/1'], next: null });
  });

  test('reaches the last one, however many chargers there are', async ({ expect }) => {
    const ctx = testContext();
    const ids = await manyChargers(ctx, 2300);
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const page = await list(ctx, { limit: 200, ...(cursor ? { cursor } : {}) });
      seen.push(...page.places);
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(ids.map((id) => `${id}/1`));
  });

  test('shows a key of some sites their connectors alone', async ({ expect }) => {
    const ctx = testContext();
    await twoChargers(ctx);
    expect((await list(ctx.as(keyOfSites('BLR-IND')))).places).toEqual(['A-1/1', 'A-1/2']);
    expect((await list(ctx.as(keyOfSites('BLR-KOR')))).places).toEqual([]);
    expect((await list(ctx.as({ tenantId: 'other' }))).places).toEqual([]);
  });

  test('refuses a status that there is not', async ({ expect }) => {
    const { status } = await call(testContext(), endpoint, { query: { status: 'available' } });
    expect(status).toBe(400);
  });
});
