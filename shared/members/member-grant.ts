import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { type Role, rolePresets } from '#shared/members/roles.ts';
import { checkScopes, checkSites } from '#shared/organizations/grantable.ts';

interface Access {
  readonly role: Role;
  readonly site_ids: readonly string[] | null;
}

/**
 * The sites a member with this role may be given by the caller: the caller's own where none are named.
 * Throws insufficient_scope and site_restricted where it would be more than the caller has, and
 * validation_failed for sites that are not there or do not go with the role.
 */
export async function grantableSites(
  ctx: Context,
  role: Role,
  named: readonly string[] | null | undefined,
): Promise<string[] | null> {
  const own = allowedSites(ctx);
  const sites = named === undefined ? (own ?? null) : named;
  const site_ids = sites && [...new Set(sites)];
  checkRole(ctx, role);
  if (role === 'owner' && site_ids) throw refused('An owner reaches all sites.');
  if (role === 'vendor' && !site_ids) throw refused('A vendor reaches the sites that are named.');
  await checkSites(ctx, site_ids);
  return site_ids;
}

/** Nobody changes somebody who may more than they. Throws as {@link grantableSites}. */
export function checkMayManage(ctx: Context, { role, site_ids }: Access): void {
  checkRole(ctx, role);
  const own = allowedSites(ctx);
  if (own && !site_ids?.every((id) => own.includes(id)))
    throw new AppError('site_restricted', 'Nobody manages members who reach more sites.');
}

const checkRole = (ctx: Context, role: Role) => checkScopes(ctx, rolePresets[role], () => 'role');

const refused = (message: string) =>
  new AppError('validation_failed', 'The sites do not go with the role.', {
    errors: [{ field: 'site_ids', code: 'role', message }],
  });
