import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, notFound } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { issuerNames } from '#shared/organizations/certificate-issuers.ts';
import { ifCurrencyIsFree } from '#shared/organizations/currency-is-free.ts';
import { OrganizationUpdated } from '#shared/organizations/events.ts';
import { Organization } from '#shared/organizations/organization.ts';
import type { OrganizationPatch } from '#shared/organizations/organization-patch.ts';
import {
  type OrganizationView,
  organizationView,
} from '#shared/organizations/organization-view.ts';
import { checkSettings, settingsOf } from '#shared/organizations/patched-settings.ts';

/**
 * Changes the caller's organization. Throws validation_failed, etag_mismatch, sandbox_only for what a live
 * organization may not have, conflict for a currency that is in use, site_restricted.
 */
export async function updateOrganization(
  ctx: Context,
  patch: OrganizationPatch,
  ifMatch?: number,
): Promise<OrganizationView> {
  if (allowedSites(ctx))
    throw new AppError('site_restricted', 'Settings are of all sites; this credential is not.');
  await checkSettings(ctx, patch);
  const { certificate_issuers: given } = patch;
  const issuers = given && { certificate_issuers: await issuerNames(ctx, given) };
  return retrying(() => change(ctx, { ...patch, ...issuers }, ifMatch));
}

async function change(ctx: Context, patch: OrganizationPatch, ifMatch: number | undefined) {
  const row = await ctx.table.get(keys.organization(ctx.tenantId));
  if (!row) throw notFound('Organization');
  const before = Organization.parse(row);
  if (ifMatch !== undefined && before.version !== ifMatch)
    throw new AppError('etag_mismatch', 'The organization has changed since you read it.');
  const set = difference(before, applyPatch(before, await settingsOf(ctx, before, patch)));
  if (Object.keys(set).length === 0) return organizationView(before);
  const after = {
    ...applyPatch(before, set),
    updated_at: isoNow(ctx),
    version: before.version + 1,
  };
  const { updated_at, version } = after;
  const view = organizationView(after);
  await commit(ctx, {
    aggregate: { kind: 'organization', id: after.id, version },
    writes: [
      {
        op: 'update',
        key: keys.organization(ctx.tenantId),
        set: { ...set, updated_at, version },
        when: {
          id: after.id,
          version: typeof row['version'] === 'number' ? before.version : undefined,
        },
      },
      ...('currency' in set ? await ifCurrencyIsFree(ctx) : []),
    ],
    events: [
      eventOf(ctx, OrganizationUpdated, {
        ...{ id: after.id, version, object: view },
        previous: shownOf(before, Object.keys(set)),
      }),
    ],
  });
  return view;
}

/** The settings that are others than before. */
function difference(before: Organization, after: Organization): Partial<Organization> {
  const had = new Map<string, unknown>(Object.entries(before));
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(had.get(name));
  return Object.fromEntries(Object.entries(after).filter(differs));
}

/** How these settings were shown: no secret is. */
function shownOf(before: Organization, names: readonly string[]): Record<string, unknown> {
  const shown = Object.entries(organizationView(before));
  return Object.fromEntries(shown.filter(([name]) => names.includes(name)));
}
