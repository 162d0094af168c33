import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { allVendors, Vendor } from '#shared/vendors/vendor.ts';

/** One vendor to try payouts with: the host of a site, with a share of what it earns. A repeat changes nothing. */
export async function seedVendor(ctx: Context, siteId = 'BLR-IND'): Promise<Vendor> {
  const [earlier] = await allVendors(ctx);
  if (earlier) return earlier;
  const at = isoNow(ctx);
  const vendor = Vendor.parse({
    id: ctx.newId('ven'),
    name: 'Indiranagar Mall',
    type: 'site_host',
    status: 'active',
    site_ids: [siteId],
    agreements: [
      {
        id: ctx.newId('agr'),
        model: 'revenue_share',
        collection: 'organization',
        share_bp: 7000,
        platform_fee_bp: 500,
        psp_fee_bp: 200,
        tds_category: 'commission',
        from: `${at.slice(0, 4)}-01-01`,
      },
    ],
    tax_profile: { pan: 'AAACI1234F', gstin: '29AAACI1234F1Z5' },
    created_at: at,
    updated_at: at,
    version: 1,
  });
  await ctx.table.write([
    { op: 'put', when: 'absent', item: { ...vendor, ...keys.vendor(ctx.tenantId, vendor.id) } },
  ]);
  return vendor;
}
