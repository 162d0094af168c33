import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { metric } from '#shared/core/metric-names.ts';
import { keys } from '#shared/db/keys.ts';

/**
 * A message about a transaction we know nothing of is money all the same: it is kept, whole, for a
 * person to match. A repeat is kept once.
 */
export async function keepOrphan(
  ctx: Context,
  chargerId: string,
  action: string,
  messageId: string,
  payload: unknown,
): Promise<void> {
  const content = sha256(`${action}|${JSON.stringify(payload)}`).slice(0, 16);
  const key = keys.orphan(ctx.tenantId, chargerId, action, content);
  const item = { ...key, action, message_id: messageId, payload, received_at: isoNow(ctx) };
  await ctx.table.write([{ op: 'put', item }]);
  ctx.log.warn('A message of an unknown transaction was kept', { charger: chargerId, action });
  ctx.log.count(metric.orphans);
}
