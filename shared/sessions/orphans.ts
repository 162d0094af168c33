import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { metric } from '#shared/core/metric-names.ts';
import { keys } from '#shared/db/keys.ts';

/** A message about a transaction that its charger could not name, or that we do not know. */
export interface Stray {
  readonly chargerId: string;
  readonly action: string;
  readonly messageId: string;
  readonly payload: unknown;
}

/** Kept as the text it was: whatever numbers a charger sends, a row can hold it. */
const Text = z.string().transform((text): unknown => JSON.parse(text));

const Orphan = z.object({
  action: z.string(),
  message_id: z.string(),
  payload: Text,
  received_at: z.string(),
  /** Where it turned out to belong; null while nobody knows. */
  session_id: z.string().nullable().default(null),
});
export type Orphan = z.infer<typeof Orphan>;

/** It is money all the same, so it is kept, whole, for a person to match. A repeat is kept once. */
export async function keepOrphan(ctx: Context, stray: Stray): Promise<void> {
  await save(ctx, stray, null);
  const { chargerId: charger, action } = stray;
  ctx.log.warn('A message of an unknown transaction was kept', { charger, action });
  ctx.log.count(metric.orphans);
}

/** Remembers which session it was found to be about, so that a repeat is about the same. */
export const matchOrphan = (ctx: Context, stray: Stray, sessionId: string): Promise<void> =>
  save(ctx, stray, sessionId);

/** This very message, as it was kept. */
export async function findOrphan(ctx: Context, stray: Stray): Promise<Orphan | undefined> {
  const item = await ctx.table.get(keyOf(ctx, stray));
  return item && Orphan.parse(item);
}

/** Those of a charger that belong nowhere yet, or to this session. */
export async function orphansOf(
  ctx: Context,
  chargerId: string,
  sessionId: string | null = null,
): Promise<Orphan[]> {
  const { items } = await ctx.table.query(keys.orphansOf(ctx.tenantId, chargerId));
  const orphans = items.map((item) => Orphan.parse(item));
  return orphans.filter(({ session_id: id }) => id === null || id === sessionId);
}

async function save(ctx: Context, stray: Stray, sessionId: string | null): Promise<void> {
  const { action, messageId: message_id, payload } = stray;
  const orphan: z.input<typeof Orphan> = {
    action,
    message_id,
    payload: JSON.stringify(payload),
    received_at: isoNow(ctx),
    session_id: sessionId,
  };
  await ctx.table.write([{ op: 'put', item: { ...orphan, ...keyOf(ctx, stray) } }]);
}

function keyOf(ctx: Context, { chargerId, action, payload }: Stray) {
  const content = sha256(`${action}|${JSON.stringify(payload)}`).slice(0, 16);
  return keys.orphan(ctx.tenantId, chargerId, action, content);
}
