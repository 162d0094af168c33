import { findConnection } from '#shared/chargers/connectivity.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';

/** A heartbeat writes only when the stored sign of life is older than this: normally it costs nothing. */
const LAST_SEEN_STALE_S = 1800;

/** A sign of life that changes nothing else. Costs a write only when the stored one is old. */
export async function seen(ctx: Context, chargerId: string): Promise<void> {
  const row = await findConnection(ctx, chargerId);
  const now = isoNow(ctx);
  if (!row?.last_seen_at || secondsBetween(row.last_seen_at, now) < LAST_SEEN_STALE_S) return;
  await ctx.table.write([
    {
      op: 'update',
      key: keys.connection(ctx.tenantId, chargerId),
      set: { last_seen_at: now },
      when: 'present',
    },
  ]);
}
