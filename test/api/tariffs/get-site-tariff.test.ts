import { describe, expect, it } from 'vitest';
import { endpoint } from '#functions/api/tariffs/get-site-tariff.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { updateSiteTariff } from '#shared/tariffs/update-site-tariff.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const params = { site_id: 'BLR-IND' };

async function world() {
  const ctx = testContext();
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  return ctx;
}

describe('getSiteTariff', () => {
  it('says that charging is free where no tariff was ever set', async () => {
    const { status, body } = await call(await world(), endpoint, { params });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: null,
      version: 0,
      energy_rate: '0.0000',
      effective_from: null,
      next_change: null,
      resource_version: 0,
    });
    expect(body).not.toHaveProperty('versions');
  });

  it('tells every version on demand, the latest to take effect first', async () => {
    const ctx = await world();
    const effective_from = '2026-07-01T00:00:00Z';
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '18' });
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '20', effective_from });
    ctx.tick(1000);
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '19' });
    const { body } = await call(ctx, endpoint, { params, query: { expand: 'versions' } });
    expect(body).toMatchObject({
      version: 3,
      versions: [
        { version: 2, energy_rate: '20.0000' },
        { version: 3, energy_rate: '19.0000' },
        { version: 1, energy_rate: '18.0000' },
      ],
    });
  });

  it('does not know a site that is not there, nor another organization’s', async () => {
    const ctx = await world();
    const elsewhere = await call(ctx, endpoint, { params: { site_id: 'MYS-001' } });
    expect(elsewhere.status).toBe(404);
    expect((await call(ctx.as({ tenantId: 'other' }), endpoint, { params })).status).toBe(404);
  });
});
