import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import { Organization, OrganizationId } from '#shared/organizations/organization.ts';

/** That an organization is a child of another: the row by which the other may act for it. */
const Child = z.object({ organization_id: z.string(), livemode: z.boolean() });
export type Child = z.infer<typeof Child>;

export const childRow = (parent: string, child: Child) => ({
  ...keys.childOrganization(parent, child.organization_id),
  ...child,
});

/** The child with this id; undefined for all that are not, be they somebody else's or nobody's. */
export async function findChild(
  { table, tenantId }: Pick<Context, 'table' | 'tenantId'>,
  id: string,
): Promise<Child | undefined> {
  if (!OrganizationId.safeParse(id).success) return undefined;
  const row = await table.get(keys.childOrganization(tenantId, id));
  return row && Child.parse(row);
}

/** The ids of all children, few, in their order. */
export async function childIds(ctx: Pick<Context, 'table' | 'tenantId'>): Promise<string[]> {
  const rows = await readAll(ctx, keys.childOrganizations(ctx.tenantId));
  return rows.map((row) => Child.parse(row).organization_id);
}

/** The children of the caller's organization, by id. They are of no site: a restricted credential has none. */
export async function listChildren(
  ctx: Context,
  ids: readonly string[] | undefined,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Organization[]; total: number; cursor?: string }> {
  const all = allowedSites(ctx) ? [] : await childIds(ctx);
  const matching = all.filter((id) => !ids || ids.includes(id));
  const left = matching.filter((id) => cursor === undefined || id > cursor);
  const page = left.slice(0, limit);
  const rows = await ctx.table.batchGet(page.map((id) => keys.organization(id)));
  const last = left.length > limit ? page.at(-1) : undefined;
  return {
    items: rows.flatMap((row) => (row ? [Organization.parse(row)] : [])),
    total: matching.length,
    ...(last ? { cursor: last } : {}),
  };
}
