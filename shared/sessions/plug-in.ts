import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

const KEPT_DAYS = 30;
const Row = z.object({ seq: z.int(), connector: z.int().nullable() });

/**
 * A 2.0.1 transaction may begin with the cable alone. That is no session yet; the event is noted, so
 * that the session it may become knows its place and misses no number.
 */
export async function notePlugIn(
  ctx: Context,
  chargerId: string,
  transactionId: string,
  seq: number,
  connector: number | null,
): Promise<void> {
  const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  const key = keys.transactionEvent(ctx.tenantId, chargerId, transactionId, seq);
  await ctx.table.write([{ op: 'put', item: { ...key, seq, connector, ttl } }]);
}

/** The numbers noted so far, and the connector the cable is in. */
export async function earlierPlugIns(
  ctx: Context,
  chargerId: string,
  transactionId: string,
): Promise<{ seen: number[]; connector: number | undefined }> {
  const { items } = await ctx.table.query(
    keys.transactionEventsOf(ctx.tenantId, chargerId, transactionId),
  );
  const rows = items.map((item) => Row.parse(item));
  const connector = rows.map((row) => row.connector).findLast((n) => n !== null);
  return { seen: rows.map((row) => row.seq), connector };
}
