import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

const KEPT_DAYS = 30;
const Row = z.object({
  seq: z.int(),
  connector: z.int().nullable(),
  register_wh: z.number().nullable().default(null),
});

/** One event of a transaction that is no session yet. */
export interface PlugIn {
  readonly seq: number;
  readonly connector: number | null;
  readonly registerWh: number | null;
}

/** What was noted of a transaction before it became a session. */
export interface PlugIns {
  readonly seen: readonly number[];
  /** Where the cable is. */
  readonly connector: number | undefined;
  /** The register as first read. */
  readonly registerWh: number | undefined;
}

export const nothingEarlier: PlugIns = { seen: [], connector: undefined, registerWh: undefined };

/**
 * A 2.0.1 transaction may begin with the cable alone. That is no session yet; the event is noted, so
 * that the session it may become knows its place and its first register, and misses no number.
 */
export async function notePlugIn(
  ctx: Context,
  chargerId: string,
  transactionId: string,
  { seq, connector, registerWh }: PlugIn,
): Promise<void> {
  const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  const key = keys.transactionEvent(ctx.tenantId, chargerId, transactionId, seq);
  const row = { seq, connector, register_wh: registerWh };
  await ctx.table.write([{ op: 'put', item: { ...key, ...row, ttl } }]);
}

export async function earlierPlugIns(
  ctx: Context,
  chargerId: string,
  transactionId: string,
): Promise<PlugIns> {
  const { items } = await ctx.table.query(
    keys.transactionEventsOf(ctx.tenantId, chargerId, transactionId),
  );
  const rows = items.map((item) => Row.parse(item));
  return {
    seen: rows.map((row) => row.seq),
    connector: rows.map((row) => row.connector).findLast((n) => n !== null) ?? undefined,
    registerWh: rows.map((row) => row.register_wh).find((wh) => wh !== null) ?? undefined,
  };
}
