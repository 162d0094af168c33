import {
  allTemplates,
  type ConfigurationTemplate,
  mayWrite,
  type NewTemplate,
  templateOf,
} from '#shared/configuration/template.ts';
import { checkItems } from '#shared/configuration/update-configuration.ts';
import { sameName } from '#shared/configuration/variable.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';

const TEMPLATES_AT_MOST = 200;

/**
 * Makes a template, or a new version of the one of that name; earlier versions are kept. Throws
 * validation_failed for secrets and twins, site_restricted, conflict where there are too many.
 */
export async function createTemplate(
  ctx: Context,
  wanted: NewTemplate,
): Promise<ConfigurationTemplate> {
  checkItems(wanted.items);
  requireSites(ctx, wanted);
  const key = keys.configurationTemplate(ctx.tenantId, sameName(wanted.name));
  return retrying(async () => {
    const item = await ctx.table.get(key);
    const before = item && templateOf(item);
    if (before) requireSites(ctx, before);
    else if ((await allTemplates(ctx)).length >= TEMPLATES_AT_MOST)
      throw conflict(`An organization has at most ${TEMPLATES_AT_MOST} templates.`);
    const at = isoNow(ctx);
    const version = (before?.version ?? 0) + 1;
    const template: ConfigurationTemplate = {
      ...wanted,
      id: before?.id ?? ctx.newId('ctp'),
      version,
      resource_version: version,
      livemode: ctx.livemode,
      created_at: before?.created_at ?? at,
      updated_at: at,
    };
    const { id } = template;
    const versionKey = keys.configurationTemplateVersion(ctx.tenantId, id, version);
    await commit(ctx, {
      aggregate: { kind: 'configuration_template', id, version },
      writes: [
        {
          op: 'put',
          item: { ...key, ...template },
          when: before ? { version: before.version } : 'absent',
        },
        { op: 'put', item: { ...versionKey, ...template }, when: 'absent' },
      ],
    });
    return template;
  });
}

function requireSites(ctx: Context, { match }: Pick<NewTemplate, 'match'>): void {
  if (mayWrite(ctx, match)) return;
  throw new AppError(
    'site_restricted',
    'This credential is restricted to sites: name one of them.',
  );
}
