import * as z from 'zod';
import { HumanId, Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, notFound } from '#shared/core/errors.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';

export const Address = z
  .object({
    line1: z.string().max(200),
    line2: z.string().max(200).nullable().default(null),
    city: z.string().max(100),
    state: z.string().max(100).nullable().default(null),
    postal_code: z.string().max(20).nullable().default(null),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('IN'),
  })
  .meta({ id: 'Address' });

export const Geo = z
  .object({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) })
  .meta({ id: 'Geo', description: 'WGS 84, degrees.' });

export const GridConnection = z
  .object({
    discom: z.string().max(100).nullable().default(null),
    consumer_number: z.string().max(50).nullable().default(null),
    sanctioned_load_kw: z.number().positive().nullable().default(null),
    phases: z.int().min(1).max(3).nullable().default(null),
  })
  .meta({ id: 'GridConnection' });

const timezones = new Set(Intl.supportedValuesOf('timeZone'));
export const Timezone = z
  .string()
  .refine(
    (zone) => zone === 'UTC' || zone === 'Asia/Kolkata' || timezones.has(zone),
    'Not an IANA time zone',
  )
  .meta({ description: 'IANA time zone', example: 'Asia/Kolkata' });

/** Who may charge at a site. */
export const SiteAccess = z
  .strictObject({
    type: z.enum(['public', 'private', 'restricted']).meta({
      description:
        '`public`: every token that is good. `private`: those of the organization alone. `restricted`: of these, those with one of `driver_labels`.',
    }),
    driver_labels: z
      .array(z.string().min(1).max(50))
      .max(50)
      .default([])
      .meta({ example: ['staff'] }),
  })
  .meta({ id: 'SiteAccess' });

/** Which tokens a charger keeps for when it is offline. */
export const LocalListPolicy = z.enum(['all', 'labels']).meta({
  id: 'LocalListPolicy',
  description:
    '`all`: every token that may charge there. `labels`: of these, those with one of `access.driver_labels`.',
});

const PUBLIC = { type: 'public' as const, driver_labels: [] };

const fields = {
  name: z.string().min(1).max(200),
  address: Address.nullable().default(null),
  geo: Geo.nullable().default(null),
  timezone: Timezone.default('Asia/Kolkata'),
  access: SiteAccess.default(PUBLIC),
  local_list: LocalListPolicy.nullable().default(null).meta({
    description: 'null: as the organization has it.',
  }),
  amenities: z.array(z.string().max(50)).max(50).default([]),
  grid_connection: GridConnection.nullable().default(null),
  external_ref: z.string().max(100).nullable().default(null),
  metadata: Metadata.default({}),
};

export const NewSite = z.object({ id: HumanId, ...fields }).meta({ id: 'NewSite' });
export type NewSite = z.output<typeof NewSite>;

export const SitePatch = z
  .object({
    name: z.string().min(1).max(200),
    address: Address.nullable(),
    geo: Geo.nullable(),
    timezone: Timezone,
    access: SiteAccess,
    local_list: LocalListPolicy.nullable(),
    amenities: z.array(z.string().max(50)).max(50),
    grid_connection: GridConnection.nullable(),
    external_ref: z.string().max(100).nullable(),
    metadata: Metadata,
    status: z.enum(['open', 'closed']),
  })
  .partial()
  .meta({
    id: 'SitePatch',
    description: 'JSON Merge Patch: null clears. `status: closed` retires the site.',
  });
export type SitePatch = z.output<typeof SitePatch>;

/** A place with chargers, as it lies in its row. */
export const Site = z.object({
  id: HumanId,
  ...fields,
  /** Rows of the first releases hold the type alone. */
  access: z.preprocess(
    (stored) => (typeof stored === 'string' ? { type: stored } : stored),
    fields.access,
  ),
  status: z.enum(['open', 'closed']).default('open'),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type Site = z.infer<typeof Site>;

export const SiteView = Site.omit({ version: true })
  .extend({
    access: SiteAccess,
    counts: z
      .record(z.string(), z.int())
      .meta({ description: 'Connectors by status.', example: { Available: 4, Charging: 2 } }),
    chargers: z.int(),
    livemode: z.boolean(),
    resource_version: z.int(),
  })
  .meta({ id: 'Site', description: 'A place with chargers.' });
export type SiteView = z.infer<typeof SiteView>;

export async function findSite(ctx: Context, id: string): Promise<Site | undefined> {
  const item = await ctx.table.get(keys.site(ctx.tenantId, id));
  const site = item && Site.parse(item);
  return reachesSite(ctx, id) ? site : undefined;
}

export async function getSite(ctx: Context, id: string): Promise<Site> {
  const site = await findSite(ctx, id);
  if (!site) throw notFound('Site');
  return site;
}

/** A site named in a body: one that does not exist is the body's fault. */
export async function requireSite(ctx: Context, id: string): Promise<Site> {
  const site = await findSite(ctx, id);
  if (site) return site;
  throw new AppError('validation_failed', 'There is no such site.', {
    errors: [{ field: 'site_id', code: 'not_found', message: 'There is no such site.' }],
  });
}
