import { AuthorizationView, lowestIdAt } from '#shared/authorizations/authorization.ts';
import { isVisiblePlace } from '#shared/chargers/visible-charger.ts';
import type { Context } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import type { IndexName } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { mergedRows } from '#shared/db/merged-rows.ts';

export interface AuthorizationFilter {
  readonly charger_id?: string | undefined;
  readonly uid?: string | undefined;
  readonly result?: AuthorizationView['result'] | undefined;
  readonly reason?: readonly string[] | undefined;
  readonly created_after?: string | undefined;
  readonly created_before?: string | undefined;
}

const ROWS_AT_MOST = 2000;

/** Decisions on tokens, newest first. The cursor is the id of the last one read. */
export async function listAuthorizations(
  ctx: Context,
  filter: AuthorizationFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: AuthorizationView[]; cursor?: string }> {
  if (!(await isVisiblePlace(ctx, filter))) return { items: [] };
  const sources = sourcesOf(ctx, filter);
  const rows = mergedRows(ctx.table, sources, {
    after: filter.created_after && lowestIdAt(filter.created_after),
    before: cursor ?? (filter.created_before && lowestIdAt(filter.created_before)),
    newestFirst: true,
    pageSize: sources.length === 1 ? limit : Math.ceil(limit / 8) + 2,
  });
  const items: AuthorizationView[] = [];
  let read = 0;
  let place: string | undefined;
  for await (const row of rows) {
    if (place && (items.length === limit || read === ROWS_AT_MOST)) return { items, cursor: place };
    place = row.sk;
    read += 1;
    const one = AuthorizationView.parse(row);
    if (isWanted(ctx, one, filter)) items.push(one);
  }
  return { items };
}

/** Of a token, at a charger, or all. */
function sourcesOf(
  ctx: Context,
  { uid, charger_id }: AuthorizationFilter,
): { pk: string; index?: IndexName }[] {
  const t = ctx.tenantId;
  if (uid !== undefined) return [{ index: 'gsi2', pk: keys.authorizationsOf(t, uid).gsi2pk }];
  if (charger_id !== undefined)
    return [{ index: 'gsi1', pk: keys.authorizationsAt(t, charger_id).gsi1pk }];
  return keys.authorizations(t);
}

const isWanted = (
  ctx: Context,
  one: AuthorizationView,
  { charger_id, result, reason }: AuthorizationFilter,
): boolean =>
  reachesSite(ctx, one.site_id) &&
  reachesDriver(ctx, one.driver_id) &&
  (charger_id === undefined || one.charger_id === charger_id) &&
  (result === undefined || one.result === result) &&
  (!reason || reason.includes(one.reason));
