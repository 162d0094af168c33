import { describe, expect, it } from 'vitest';
import { endpoint } from '#functions/api/vendors/list-vendors.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { keys } from '#shared/db/keys.ts';
import { seedVendor } from '#shared/vendors/seed-vendor.ts';
import { call } from '#test/support/call.ts';
import { aSale, vendorWorld } from '#test/support/vendor-world.ts';

const inr = (amount: string) => ({ amount, currency: 'INR' });

describe('listVendors', () => {
  it('shows the agreement, the month so far and what would be paid of it', async () => {
    const { ctx, vendor } = await vendorWorld();
    await createCharger(ctx, NewCharger.parse({ id: 'BLR-014', site_id: 'BLR-IND' }));
    await aSale(ctx, '100000.00');
    const { status, body } = await call(ctx, endpoint, {});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      vendors: [
        {
          id: vendor.id,
          name: 'Indiranagar Mall',
          type: 'site_host',
          status: 'active',
          site_ids: ['BLR-IND'],
          chargers: 1,
          agreement: { model: 'revenue_share', share_percent: '70.00' },
          period: {
            from: '2026-05-01',
            to: '2026-05-31',
            sessions: 1,
            energy_kwh: 14.3,
            net_revenue: inr('100000.00'),
          },
          payable: inr('75223.68'),
        },
      ],
      total: 1,
      next_cursor: null,
    });
  });

  it('begins each month anew', async () => {
    const { ctx } = await vendorWorld();
    await aSale(ctx, '100.00');
    ctx.tick(12 * 86_400_000);
    const { body } = await call(ctx, endpoint, {});
    expect(body).toMatchObject({
      vendors: [{ period: { from: '2026-06-01', sessions: 0 }, payable: inr('0.00') }],
    });
  });

  it('pages through vendors, and filters them by site, status and id', async () => {
    const { ctx, vendor } = await vendorWorld();
    const second = { ...vendor, id: `${vendor.id}9`, site_ids: ['MYS-001'], status: 'suspended' };
    await ctx.table.write([{ op: 'put', item: { ...second, ...keys.vendor('demo', second.id) } }]);
    const first = await call(ctx, endpoint, { query: { limit: 1 } });
    expect(first.body).toMatchObject({ vendors: [{ id: vendor.id }], total: 2 });
    const next = { limit: 1, cursor: first.body['next_cursor'] };
    expect((await call(ctx, endpoint, { query: next })).body).toMatchObject({
      vendors: [{ id: second.id }],
      next_cursor: null,
    });
    for (const query of [{ site_id: 'MYS-001' }, { status: 'suspended' }, { ids: second.id }])
      expect((await call(ctx, endpoint, { query })).body).toMatchObject({
        vendors: [{ id: second.id }],
        total: 1,
      });
  });

  it('hides a vendor from a key that does not reach all of its sites, and from other organizations', async () => {
    const { ctx } = await vendorWorld();
    const actor = { kind: 'api_key', id: 'key_2', scopes: ['*'], siteIds: ['MYS-001'] } as const;
    const none = { vendors: [], total: 0 };
    expect((await call(ctx.as({ actor }), endpoint, {})).body).toMatchObject(none);
    expect((await call(ctx.as({ tenantId: 'other' }), endpoint, {})).body).toMatchObject(none);
  });
});

describe('seedVendor', () => {
  it('makes one vendor, however often it is called', async () => {
    const { ctx, vendor } = await vendorWorld();
    expect(await seedVendor(ctx)).toEqual(vendor);
  });
});
