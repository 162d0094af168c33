import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { formatMinor, Money, moneyOf } from '#shared/core/money.ts';
import { kwhOfWh } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization, type Organization } from '#shared/organizations/organization.ts';
import { monthOf } from '#shared/payouts/period.ts';
import { payoutOf } from '#shared/payouts/preview-payout.ts';
import {
  agreementOn,
  allVendors,
  type Vendor,
  VendorStatus,
  VendorType,
} from '#shared/vendors/vendor.ts';

/** A vendor as the operator sees it in the list: with the figures of the month so far. */
export const VendorView = z
  .object({
    id: z.string().meta({ example: 'ven_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    name: z.string(),
    type: VendorType,
    status: VendorStatus,
    site_ids: z.array(z.string()),
    chargers: z.int(),
    agreement: z
      .object({ id: z.string(), model: z.enum(['revenue_share']), share_percent: z.string() })
      .nullable(),
    period: z
      .object({
        from: z.iso.date(),
        to: z.iso.date(),
        sessions: z.int(),
        energy_kwh: z.number(),
        net_revenue: Money,
      })
      .meta({ description: "The current month of the organization's time zone." }),
    payable: Money.meta({ description: 'What a payout of this month would transfer so far.' }),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Vendor', description: 'An operator, host or land owner who gets a share.' });
export type VendorView = z.infer<typeof VendorView>;

export interface VendorFilter {
  readonly ids?: readonly string[] | undefined;
  readonly site_id?: string | undefined;
  readonly status?: readonly string[] | undefined;
}

/** Vendors by id, ascending; the cursor is the last id of the page before. */
export async function listVendors(
  ctx: Context,
  { ids, site_id, status }: VendorFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: VendorView[]; total: number; cursor?: string }> {
  const vendors = (await allVendors(ctx)).filter(
    (vendor) =>
      (!ids || ids.includes(vendor.id)) &&
      (!site_id || vendor.site_ids.includes(site_id)) &&
      (!status || status.includes(vendor.status)),
  );
  const rest = vendors.filter((vendor) => !cursor || vendor.id > cursor);
  const page = rest.slice(0, limit);
  const organization = await getOrganization(ctx);
  const items = await Promise.all(page.map((vendor) => vendorView(ctx, vendor, organization)));
  const last = page.at(-1);
  const more = rest.length > limit && last;
  return { items, total: vendors.length, ...(more ? { cursor: last.id } : {}) };
}

async function vendorView(
  ctx: Context,
  vendor: Vendor,
  organization: Organization,
): Promise<VendorView> {
  const { id, name, type, status, site_ids, created_at, updated_at, version } = vendor;
  const period = monthOf(ctx.now(), organization.timezone);
  const agreement = agreementOn(vendor, period.to);
  const payout = await payoutOf(ctx, vendor, period, organization);
  const { sessions = 0, energy_wh = 0, gross_minor = 0, tax_minor = 0 } = payout?.sums ?? {};
  const money = (minor: number) => moneyOf(minor, organization.currency);
  return {
    id,
    name,
    type,
    status,
    site_ids,
    chargers: await chargersOf(ctx, site_ids),
    agreement: agreement
      ? {
          id: agreement.id,
          model: agreement.model,
          share_percent: formatMinor(agreement.share_bp),
        }
      : null,
    period: {
      ...period,
      sessions,
      energy_kwh: kwhOfWh(energy_wh),
      net_revenue: money(gross_minor - tax_minor),
    },
    payable: money(payout?.net_payable_minor ?? 0),
    livemode: ctx.livemode,
    created_at,
    updated_at,
    resource_version: version,
  };
}

async function chargersOf(ctx: Context, siteIds: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    siteIds.map((id) => readCount(ctx.table, keys.count(ctx.tenantId, 'charger', id))),
  );
  return counts.reduce((sum, n) => sum + n, 0);
}
