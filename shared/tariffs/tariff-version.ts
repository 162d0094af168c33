import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { parseMinor } from '#shared/core/money.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization, type Organization } from '#shared/organizations/organization.ts';
import { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

/**
 * One state of a site's tariff, as it lies in its row; never changed once written. Of two with the
 * same `effective_from` the higher version counts. Version 0 is no row: the site has no tariff yet.
 */
export const TariffVersion = z.object({
  site_id: z.string(),
  version: z.int().nonnegative(),
  effective_from: z.string().nullable(),
  created_at: z.string().nullable(),
  terms: TariffTerms,
});
export type TariffVersion = z.infer<typeof TariffVersion>;

/** How often a site's tariff was changed; the row that serialises changes. */
const Head = z.object({ version: z.int() });
const HEAD = 'HEAD';
/** Sort after every version of an instant, and after every instant. */
const LAST_VERSION = '~';
const LAST_INSTANT = '9~';

export const headKey = (ctx: Context, siteId: string) =>
  keys.siteTariff(ctx.tenantId, siteId, HEAD);

export const versionKey = (ctx: Context, siteId: string, from: string, version: number) =>
  keys.siteTariff(ctx.tenantId, siteId, `${from}#${String(version).padStart(8, '0')}`);

/** The number of the latest change; 0 where there was none. */
export async function headVersion(ctx: Context, siteId: string): Promise<number> {
  const head = await ctx.table.get(headKey(ctx, siteId));
  return head ? Head.parse(head).version : 0;
}

/** What is in force at an instant. */
export async function versionAt(
  ctx: Context,
  siteId: string,
  at: string,
): Promise<TariffVersion | undefined> {
  const { items } = await ctx.table.query({ ...span(ctx, siteId, '', at), ...newest, limit: 1 });
  return items[0] && TariffVersion.parse(items[0]);
}

/** The first change after an instant. */
export async function versionAfter(
  ctx: Context,
  siteId: string,
  at: string,
): Promise<TariffVersion | undefined> {
  const range = span(ctx, siteId, `${at}#${LAST_VERSION}`, LAST_INSTANT);
  const { items } = await ctx.table.query({ ...range, limit: 1 });
  const next = items[0] && TariffVersion.parse(items[0]);
  return next?.effective_from ? versionAt(ctx, siteId, next.effective_from) : undefined;
}

const VERSIONS_SHOWN = 200;

/** Past, present and scheduled, the latest `effective_from` first; at most 200. */
export async function allVersions(ctx: Context, siteId: string): Promise<TariffVersion[]> {
  const range = span(ctx, siteId, '', LAST_INSTANT);
  const { items } = await ctx.table.query({ ...range, ...newest, limit: VERSIONS_SHOWN });
  return items.map((item) => TariffVersion.parse(item));
}

const newest = { newestFirst: true } as const;

const span = ({ tenantId }: Context, siteId: string, from: string, to: string) => ({
  pk: keys.siteTariff(tenantId, siteId, '').pk,
  from: keys.siteTariff(tenantId, siteId, from).sk,
  to: keys.siteTariff(tenantId, siteId, `${to}#${LAST_VERSION}`).sk,
});

/** Version 0: free of charge, with the organization's currency and taxes, ready for a first change. */
export async function noTariff(ctx: Context, siteId: string): Promise<TariffVersion> {
  const organization = await getOrganization(ctx);
  const terms = freeTerms(organization);
  return { site_id: siteId, version: 0, effective_from: null, created_at: null, terms };
}

export const freeTerms = ({ currency, tax }: Organization): TariffTerms =>
  TariffTerms.parse({ id: null, currency, taxes: gstHalves(tax.gst_percent) });

/** GST within a state: half to the centre, half to the state. */
export function gstHalves(percent: string): TariffTerms['taxes'] {
  const whole = parseMinor(percent);
  if (whole === 0) return [];
  const half = Math.floor(whole / 2);
  return [
    { type: 'CGST', rate_bp: half },
    { type: 'SGST', rate_bp: whole - half },
  ];
}

export const tariffNow = async (ctx: Context, siteId: string): Promise<TariffVersion> =>
  (await versionAt(ctx, siteId, isoNow(ctx))) ?? noTariff(ctx, siteId);
