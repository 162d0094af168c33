import { describe, expect, it } from 'vitest';
import { endpoint } from '#functions/api/tariffs/list-site-tariffs.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { seedSiteTariff } from '#shared/tariffs/seed-site-tariff.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

async function world() {
  const ctx = testContext();
  for (const id of ['BLR-IND', 'BLR-KOR', 'MYS-001'])
    await createSite(ctx, NewSite.parse({ id, name: id }));
  await seedSiteTariff(ctx, 'BLR-KOR');
  return ctx;
}

describe('listSiteTariffs', () => {
  it('lists every site once over its pages, with the number of all', async () => {
    const ctx = await world();
    const first = await call(ctx, endpoint, { query: { limit: 2 } });
    expect(first.body).toMatchObject({
      tariffs: [
        { site_id: 'BLR-IND', version: 0 },
        { site_id: 'BLR-KOR', energy_rate: '18.0000' },
      ],
      total: 3,
    });
    const cursor = first.body['next_cursor'];
    const second = await call(ctx, endpoint, { query: { limit: 2, cursor } });
    expect(second.body).toMatchObject({ tariffs: [{ site_id: 'MYS-001' }], next_cursor: null });
  });

  it('gives the sites that are asked for, and of those only the reachable ones', async () => {
    const ctx = await world();
    const query = { site_id: 'MYS-001,NOWHERE,BLR-IND' };
    const asked = await call(ctx, endpoint, { query });
    expect(asked.body).toMatchObject({
      tariffs: [{ site_id: 'MYS-001' }, { site_id: 'BLR-IND' }],
      total: 2,
    });
    const actor = { kind: 'api_key', id: 'key_2', scopes: ['*'], siteIds: ['BLR-KOR'] } as const;
    const restricted = await call(ctx.as({ actor }), endpoint, {});
    expect(restricted.body).toMatchObject({ tariffs: [{ site_id: 'BLR-KOR' }], total: 1 });
  });

  it('shows another organization nothing', async () => {
    const other = (await world()).as({ tenantId: 'other' });
    expect((await call(other, endpoint, {})).body).toMatchObject({ tariffs: [], total: 0 });
  });
});
