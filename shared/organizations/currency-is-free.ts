import type { Context } from '#shared/core/context.ts';
import { conflict } from '#shared/core/errors.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/**
 * What must hold when the currency changes: there was never a site nor a charger. Tariffs hang on the one,
 * sessions on the other, and amounts of money on both. Throws conflict where it does not hold already.
 */
export async function ifCurrencyIsFree(ctx: Context): Promise<Write[]> {
  // A count's row stays, at nought, when the last of its kind is gone.
  const counts = ['site', 'charger'].map((kind) => keys.count(ctx.tenantId, kind));
  const found = await ctx.table.batchGet(counts);
  if (found.some((row) => row !== undefined))
    throw conflict('There has been a site or a charger, so there may be amounts in this currency.');
  return counts.map((key): Write => ({ op: 'check', key, when: 'absent' }));
}
