import { Charger } from '#shared/chargers/charger.ts';
import { mayReach } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';

/** Whether the history of this charger is the caller's to see. A decommissioned charger keeps its own. */
export async function isVisibleCharger(ctx: Context, id: string): Promise<boolean> {
  if (!allowedSites(ctx)) return true;
  const item = await ctx.table.get(keys.charger(ctx.tenantId, id));
  return item !== undefined && mayReach(ctx, Charger.parse(item));
}
