import { isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, notFound } from '#shared/core/errors.ts';
import type { HttpRequest } from '#shared/http/endpoint.ts';
import { findChild } from '#shared/organizations/child-organizations.ts';

/**
 * The context of the organization a request is for: the caller's own, or the child that the header
 * `Magma-Organization` names. From here on there is one tenant, the child; who acts stays who it is. What
 * is no child is not found, whether or not anybody has that id.
 */
export async function actingContext(
  ctx: Context,
  { headers }: Pick<HttpRequest, 'headers'>,
): Promise<Context> {
  const wanted = headers['magma-organization'];
  if (wanted === undefined || wanted === ctx.tenantId) return ctx;
  const { actor } = ctx;
  if (!isCaller(actor) || actor.kind === 'driver') throw notFound('Organization');
  if (actor.siteIds)
    throw new AppError(
      'site_restricted',
      'Restricted to sites, it acts for no other organization.',
    );
  const child = await findChild(ctx, wanted);
  if (!child || child.livemode !== ctx.livemode) throw notFound('Organization');
  return {
    ...ctx,
    tenantId: child.organization_id,
    actor: { ...actor, homeOrganizationId: ctx.tenantId },
  };
}
