import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Driver } from '#shared/drivers/driver.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { findSite } from '#shared/sites/site.ts';
import { OWN } from '#shared/tokens/token.ts';
import { isLetIn } from '#shared/tokens/token-rules.ts';

/** Throws authorization_rejected for one who may not charge at all, or not at this site. */
export async function mayCharge(
  ctx: Context,
  { status, labels }: Driver,
  siteId: string | null = null,
): Promise<void> {
  if (status !== 'active') throw rejected(status);
  const site = siteId === null ? undefined : await findSite(ctx, siteId);
  if (site && !isLetIn(site, { labels, issuer: OWN })) throw rejected('not_at_this_site');
}

/**
 * Throws authorization_rejected where a driver has as many open as the organization lets a token have, or
 * as `otherwise` says. `count` counts no further than it is asked to.
 */
export async function requireRoom(
  ctx: Context,
  count: (atMost: number) => Promise<number>,
  otherwise: number,
): Promise<void> {
  const { max_concurrent_sessions_per_token: most } = await getOrganization(ctx);
  const limit = most ?? otherwise;
  if ((await count(limit)) >= limit) throw rejected('concurrent');
}

const rejected = (why: string) =>
  new AppError('authorization_rejected', `The driver may not charge there: ${why}.`);
