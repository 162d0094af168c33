import { scopesOf } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { hasScope } from '#shared/core/scopes.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import type { WantedKey } from '#shared/organizations/mint-api-key.ts';
import { findSite } from '#shared/sites/site.ts';

/**
 * The key as the caller may grant it: restricted to the caller's own sites where it names none. Throws
 * insufficient_scope and site_restricted where it would be more than the caller has, validation_failed for
 * sites that are not there and an end that has passed.
 */
export async function grantable(ctx: Context, wanted: WantedKey): Promise<WantedKey> {
  checkScopes(ctx, wanted.scopes, (n) => `scopes.${n}`);
  if (wanted.expiresAt && Date.parse(wanted.expiresAt) <= ctx.now().getTime())
    throw invalid('expires_at', 'in_the_past', 'A key ends in the future.');
  const siteIds = wanted.siteIds === undefined ? allowedSites(ctx) : wanted.siteIds;
  await checkSites(ctx, siteIds ?? null);
  return { ...wanted, siteIds: siteIds ?? null };
}

/** Throws insufficient_scope for scopes that the caller lacks; each is told at the field it came from. */
export function checkScopes(
  ctx: Context,
  scopes: readonly string[],
  fieldOf: (n: number) => string,
): void {
  const own = scopesOf(ctx);
  const fields = new Set(scopes.flatMap((scope, n) => (hasScope(own, scope) ? [] : [fieldOf(n)])));
  const message = 'You cannot grant what you lack.';
  const errors = [...fields].map((field) => ({ field, code: 'not_yours', message }));
  if (errors.length > 0)
    throw new AppError('insufficient_scope', 'Nobody grants more than they have.', { errors });
}

/** Throws site_restricted for sites out of the caller's reach, validation_failed for those that are not there. */
export async function checkSites(ctx: Context, siteIds: readonly string[] | null): Promise<void> {
  const own = allowedSites(ctx);
  if (own && !siteIds?.every((id) => own.includes(id)))
    throw new AppError('site_restricted', 'Nobody grants more sites than they reach.');
  const found = await Promise.all((siteIds ?? []).map((id) => findSite(ctx, id)));
  const missing = found.indexOf(undefined);
  if (missing >= 0) throw invalid(`site_ids.${missing}`, 'not_found', 'There is no such site.');
}

const invalid = (field: string, code: string, message: string) =>
  new AppError('validation_failed', 'A field is not acceptable.', {
    errors: [{ field, code, message }],
  });
