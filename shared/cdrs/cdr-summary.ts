import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { Money } from '#shared/core/money.ts';
import { keys } from '#shared/db/keys.ts';

/** A CDR in a few figures, as sessions embed it. */
export const CdrSummary = z
  .object({
    id: z.string(),
    number: z.string().meta({ example: '2026-27/000123' }),
    energy_kwh: z.number(),
    duration_minutes: z.number(),
    total_excl_tax: Money,
    tax: Money,
    total: Money,
    currency: z.string(),
    issued_at: z.iso.datetime(),
  })
  .meta({ id: 'CdrSummary' });
export type CdrSummary = z.infer<typeof CdrSummary>;

/** The row that makes a session's CDR unique (`keys.cdrOfSession`) carries its summary as `summary`. */
const SummaryRow = z.object({ summary: CdrSummary });

/** Summaries by session id; sessions without a CDR are left out. */
export async function findCdrSummaries(
  ctx: Context,
  sessionIds: readonly string[],
): Promise<Map<string, CdrSummary>> {
  const rows = await ctx.table.batchGet(
    sessionIds.map((id) => keys.cdrOfSession(ctx.tenantId, id)),
  );
  const found = new Map<string, CdrSummary>();
  for (const [i, id] of sessionIds.entries()) {
    if (rows[i]) found.set(id, SummaryRow.parse(rows[i]).summary);
  }
  return found;
}
