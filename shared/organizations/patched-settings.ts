import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { formatMinor, parseMinor } from '#shared/core/money.ts';
import { callableUrl } from '#shared/net/callable-url.ts';
import type { Organization } from '#shared/organizations/organization.ts';
import type { OrganizationPatch } from '#shared/organizations/organization-patch.ts';
import { sealProvisioningToken } from '#shared/organizations/provisioning-token.ts';
import { findSite } from '#shared/sites/site.ts';

/** These would let strangers in. */
const SANDBOX_ONLY = ['auto_register', 'allow_unsecured'] as const;

/** Throws sandbox_only, validation_failed. */
export async function checkSettings(ctx: Context, patch: OrganizationPatch): Promise<void> {
  const open = SANDBOX_ONLY.filter((name) => ctx.livemode && patch[name]);
  if (open.length > 0)
    throw new AppError('sandbox_only', 'A live organization lets in known chargers alone.', {
      errors: open.map((field) => ({
        ...{ field, code: 'sandbox_only' },
        message: 'Only test organizations can have this on.',
      })),
    });
  const { auto_register_site_id: site } = patch;
  if (site != null && !(await findSite(ctx, site)))
    throw invalid('auto_register_site_id', 'not_found', 'There is no such site.');
}

/** What is undefined, stays. */
type Settings = { readonly [K in keyof Organization]?: Organization[K] | undefined };

/** What a patch makes of the settings, each as a whole. Throws validation_failed. */
export async function settingsOf(
  ctx: Context,
  before: Organization,
  patch: OrganizationPatch,
): Promise<Settings> {
  const {
    tax,
    max_concurrent_sessions_by_group: groups,
    contract_provisioning: service,
    ...rest
  } = patch;
  return {
    ...rest,
    ...(tax ? { tax: taxOf(before, tax) } : {}),
    ...(groups
      ? {
          max_concurrent_sessions_by_group: merged(before.max_concurrent_sessions_by_group, groups),
        }
      : {}),
    ...(service === undefined
      ? {}
      : { contract_provisioning: service && (await serviceOf(ctx, before, service)) }),
  };
}

function taxOf({ tax }: Organization, patch: NonNullable<OrganizationPatch['tax']>) {
  const { gst_percent, sac = tax.sac, gstin = tax.gstin } = patch;
  const percent = gst_percent === undefined ? undefined : formatMinor(parseMinor(gst_percent));
  return { gst_percent: percent ?? tax.gst_percent, sac, gstin };
}

/** RFC 7396: null takes out, what is left out stays. */
function merged(before: Record<string, number>, patch: Record<string, number | null>) {
  const all: Record<string, number> = {};
  for (const [name, value] of Object.entries({ ...before, ...patch }))
    if (value !== null) all[name] = value;
  if (Object.keys(all).length > GROUPS_AT_MOST)
    throw invalid(
      'max_concurrent_sessions_by_group',
      'too_big',
      `At most ${GROUPS_AT_MOST} groups.`,
    );
  return all;
}
const GROUPS_AT_MOST = 1000;

/** A token goes with its URL: nobody has it sent elsewhere who does not know it. */
async function serviceOf(
  ctx: Context,
  { contract_provisioning: before }: Organization,
  { url: text, token }: NonNullable<OrganizationPatch['contract_provisioning']>,
): Promise<Organization['contract_provisioning']> {
  const url = callableUrl(text, ctx.livemode);
  if ('refused' in url) throw invalid('contract_provisioning.url', 'url_not_allowed', url.refused);
  if (typeof token === 'string')
    return { url: url.href, token: await sealProvisioningToken(ctx, token) };
  const stays = token === undefined && before?.url === url.href;
  return { url: url.href, token: stays ? before.token : null };
}

const invalid = (field: string, code: string, message: string) =>
  new AppError('validation_failed', 'A setting is not acceptable.', {
    errors: [{ field, code, message }],
  });
