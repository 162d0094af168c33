import { Charger } from '#shared/chargers/charger.ts';
import { mayReach } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';

/** Whether the history of this charger is the caller's to see. A decommissioned charger keeps its own. */
export async function isVisibleCharger(ctx: Context, id: string): Promise<boolean> {
  if (!allowedSites(ctx)) return true;
  const item = await ctx.table.get(keys.charger(ctx.tenantId, id));
  return item !== undefined && mayReach(ctx, Charger.parse(item));
}

interface Place {
  readonly site_id?: string | undefined;
  readonly charger_id?: string | undefined;
}

/**
 * Whether what happened at this site, at this charger, is the caller's to list. A list that is not is
 * empty from the first: a cursor, or a total left open, would tell that something is there.
 */
export async function isVisiblePlace(ctx: Context, { site_id, charger_id }: Place) {
  if (site_id !== undefined && !reachesSite(ctx, site_id)) return false;
  return charger_id === undefined || isVisibleCharger(ctx, charger_id);
}
