import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { type MeterSample, meterSample, PackedSample } from '#shared/sessions/sample.ts';
import { getSession } from '#shared/sessions/session-view.ts';

const Row = z.object({ samples: z.array(PackedSample) });

/** The samples of a session, oldest first; a page is `limit` messages of the charger. Throws not_found. */
export async function listMeterValues(
  ctx: Context,
  sessionId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: MeterSample[]; cursor?: string }> {
  await getSession(ctx, sessionId);
  const page = await ctx.table.query({
    ...keys.meterSamplesOf(ctx.tenantId, sessionId),
    limit,
    ...(cursor ? { cursor } : {}),
  });
  const items = page.items.flatMap((item) => Row.parse(item).samples.map(meterSample));
  return { items, ...(page.cursor ? { cursor: page.cursor } : {}) };
}
