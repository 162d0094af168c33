import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import { WantedValues } from '#shared/configuration/update-configuration.ts';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

/** Which chargers a template is for: those that are all of what is named. */
export const TemplateMatch = z
  .object({
    vendor_name: z.string().max(50).nullable().default(null),
    model: z.string().max(50).nullable().default(null),
    site_id: z.string().max(48).nullable().default(null),
    label: z.string().max(50).nullable().default(null),
  })
  .meta({
    id: 'TemplateMatch',
    description: 'All that are named must be so; none named: no charger by itself.',
  });
export type TemplateMatch = z.infer<typeof TemplateMatch>;

export const NewTemplate = z
  .object({
    name: z.string().trim().min(1).max(100).meta({ example: 'MX-EV-22 defaults' }),
    description: z.string().max(500).nullable().default(null),
    match: TemplateMatch.prefault({}),
    items: WantedValues.meta({
      description: 'For either version: keys by name alone, variables with their component.',
    }),
  })
  .meta({ id: 'NewConfigurationTemplate' });
export type NewTemplate = z.infer<typeof NewTemplate>;

/** A desired state of chargers, as it lies in its row and as the API shows it. */
export const ConfigurationTemplate = z
  .object({
    id: z.string().meta({ example: 'ctp_01JWA3QH3M9K2V7T5C8X0N4B6R' }),
    ...NewTemplate.shape,
    match: TemplateMatch,
    version: z.int().meta({ description: 'Rises when a template of the name is created again.' }),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'ConfigurationTemplate', description: 'How settings of some chargers should be.' });
export type ConfigurationTemplate = z.infer<typeof ConfigurationTemplate>;

/** Rows of the first releases say the version by its own name alone. */
export const templateOf = (item: Item): ConfigurationTemplate =>
  ConfigurationTemplate.parse({ ...item, resource_version: item['version'] });

/** Every template of the organization that the caller may see, by name: they are few. */
export async function allTemplates(ctx: Context): Promise<ConfigurationTemplate[]> {
  const query = keys.configurationTemplates(ctx.tenantId);
  const found = (await readAll(ctx, query)).map(templateOf);
  return found.filter((template) => maySee(ctx, template));
}

/** A template for one site is nothing for a credential of another; one for all sites anybody may see. */
const maySee = (ctx: Context, { match }: ConfigurationTemplate): boolean =>
  match.site_id === null || reachesSite(ctx, match.site_id);

/** Whether the caller may decide what this template says: one for all sites only who reaches all. */
export const mayWrite = (ctx: Context, { site_id }: TemplateMatch): boolean =>
  !allowedSites(ctx) || reachesSite(ctx, site_id);

/** A template as it stands, or as it was. Throws not_found. */
export async function getTemplate(
  ctx: Context,
  id: string,
  version?: number,
): Promise<ConfigurationTemplate> {
  const now = (await allTemplates(ctx)).find((one) => one.id === id);
  if (!now) throw notFound('Configuration template');
  if (version === undefined || version === now.version) return now;
  const key = keys.configurationTemplateVersion(ctx.tenantId, id, version);
  const item = await ctx.table.get(key);
  const then = item && templateOf(item);
  if (!then || !maySee(ctx, then)) throw notFound('Version of the configuration template');
  return then;
}

type Matched = Pick<Charger, 'vendor_name' | 'model' | 'site_id' | 'labels'>;

export function isMatch({ vendor_name, model, site_id, label }: TemplateMatch, charger: Matched) {
  const named = [vendor_name, model, site_id, label].some((one) => one !== null);
  return (
    named &&
    (vendor_name === null || charger.vendor_name === vendor_name) &&
    (model === null || charger.model === model) &&
    (site_id === null || charger.site_id === site_id) &&
    (label === null || charger.labels.includes(label))
  );
}
