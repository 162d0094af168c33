import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

/** A calendar day of the organization's time zone. */
const Day = z.iso.date();

/** What a vendor is paid, and from when. Percents in 1/100, amounts in minor units. */
export const Agreement = z.object({
  id: z.string(),
  model: z.enum(['revenue_share']),
  /** Who sells to the driver. `vendor`: the organization only runs the platform and collects. */
  collection: z.enum(['organization', 'vendor']),
  share_bp: z.int().min(0).max(10_000),
  /** Of the net revenue, or of what the vendor sells. */
  platform_fee_bp: z.int().min(0).max(10_000),
  /** Of what was collected, tax included. */
  psp_fee_bp: z.int().min(0).max(10_000),
  /** What the share is to the tax office, which decides what is withheld from it. */
  tds_category: z.enum(['commission', 'rent_land', 'contract']),
  minimum_payout_minor: z.int().nonnegative().default(0),
  from: Day,
  /** The last day; null = until further notice. */
  to: Day.nullable().default(null),
});
export type Agreement = z.infer<typeof Agreement>;

export const TaxProfile = z.object({
  pan: z.string().nullable(),
  /** Set: registered for GST, which is paid on top of its supply. */
  gstin: z.string().nullable(),
});
export type TaxProfile = z.infer<typeof TaxProfile>;

export const VendorType = z
  .enum(['site_host', 'operator', 'land_owner', 'partner'])
  .meta({ id: 'VendorType' });
export const VendorStatus = z
  .enum(['onboarding', 'active', 'suspended', 'closed'])
  .meta({ id: 'VendorStatus' });

/** Someone who gets a share of what their sites earn, as it lies in its row. */
export const Vendor = z.object({
  id: z.string(),
  name: z.string(),
  type: VendorType,
  status: VendorStatus,
  site_ids: z.array(z.string()),
  agreements: z.array(Agreement),
  tax_profile: TaxProfile,
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type Vendor = z.infer<typeof Vendor>;

/** Throws not_found. */
export async function getVendor(ctx: Context, id: string): Promise<Vendor> {
  const row = await ctx.table.get(keys.vendor(ctx.tenantId, id));
  const vendor = row && Vendor.parse(row);
  if (!vendor || !mayReachVendor(ctx, vendor)) throw notFound('Vendor');
  return vendor;
}

/** Every vendor the credential may see, by id, ascending. An organization has few. */
export async function allVendors(ctx: Context): Promise<Vendor[]> {
  const vendors = (await readAll(ctx, keys.vendors(ctx.tenantId))).map((item) =>
    Vendor.parse(item),
  );
  return vendors.filter((vendor) => mayReachVendor(ctx, vendor));
}

/** The agreement in force on a day. */
export const agreementOn = ({ agreements }: Vendor, day: string): Agreement | undefined =>
  agreements.findLast(({ from, to }) => from <= day && (to === null || day <= to));

/** A vendor's figures are sums over all of its sites, so a credential must reach every one of them. */
const mayReachVendor = (ctx: Context, { site_ids }: Vendor) =>
  !allowedSites(ctx) || (site_ids.length > 0 && site_ids.every((id) => reachesSite(ctx, id)));
