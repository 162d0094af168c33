import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

const KEPT_DAYS = 30;
const Row = z.object({
  seq: z.int(),
  connector: z.int().nullable(),
  register_wh: z.number().nullable().default(null),
  is_end: z.boolean().default(false),
  report: z.unknown().optional(),
});

/** One event of a transaction that is no session yet. */
export interface PlugIn {
  readonly seq: number;
  readonly connector: number | null;
  readonly registerWh: number | null;
  /** It says that the transaction is over. */
  readonly isEnd: boolean;
  /** The event itself, for a session that begins after it. */
  readonly report: unknown;
}

/** What was noted of a transaction before it became a session. */
export interface PlugIns {
  /** Their numbers, the end's excepted. */
  readonly seen: readonly number[];
  /** In the order of their numbers. */
  readonly notes: readonly Pick<PlugIn, 'seq' | 'isEnd' | 'report'>[];
  /** Where the cable is. */
  readonly connector: number | undefined;
  /** The register as first read. */
  readonly registerWh: number | undefined;
}

export const nothingEarlier: PlugIns = {
  seen: [],
  notes: [],
  connector: undefined,
  registerWh: undefined,
};

/**
 * A 2.0.1 transaction may begin with the cable alone. That is no session yet; the event is noted, so
 * that the session it may become knows its place and its first register, misses no number, and learns
 * of its end though that came before its beginning.
 */
export async function notePlugIn(
  ctx: Context,
  chargerId: string,
  transactionId: string,
  { seq, connector, registerWh, isEnd, report }: PlugIn,
): Promise<void> {
  const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  const key = keys.transactionEvent(ctx.tenantId, chargerId, transactionId, seq);
  const row = { seq, connector, register_wh: registerWh, is_end: isEnd, report };
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
    seen: rows.filter((row) => !row.is_end).map((row) => row.seq),
    notes: rows.map(({ seq, is_end: isEnd, report }) => ({ seq, isEnd, report })),
    connector: rows.map((row) => row.connector).findLast((n) => n !== null) ?? undefined,
    registerWh: rows.map((row) => row.register_wh).find((wh) => wh !== null) ?? undefined,
  };
}
