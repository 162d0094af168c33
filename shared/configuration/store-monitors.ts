import {
  findMonitor,
  type Monitor,
  type MonitorSpec,
  monitorItem,
  monitorsOf,
} from '#shared/configuration/monitor.ts';
import { identityOf } from '#shared/configuration/variable.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** A monitor as a charger tells it. */
export type ToldMonitor = MonitorSpec & { readonly id: number };

/** A charger that tells of more is told no longer. */
const MONITORS_AT_MOST = 1000;
const WRITES_AT_ONCE = 25;

/** Keeps monitors that the charger told of. Those we set stay ours. */
export async function storeMonitors(
  ctx: Context,
  chargerId: string,
  told: readonly ToldMonitor[],
): Promise<void> {
  const known = new Map((await monitorsOf(ctx, chargerId)).map((one) => [one.id, one]));
  const room = Math.max(0, MONITORS_AT_MOST - known.size);
  const fresh = told.filter(({ id }) => !known.has(id)).slice(0, room);
  const again = told.filter(({ id }) => known.has(id));
  const read_at = isoNow(ctx);
  const monitors = [...again, ...fresh].map((one): Monitor => {
    const before = known.get(one.id);
    const isSame = before && identityOf(before) === identityOf(one) && before.type === one.type;
    return {
      ...one,
      source: isSame ? before.source : 'charger',
      read_at,
      last_triggered_at: isSame ? before.last_triggered_at : null,
    };
  });
  await writeAll(ctx, puts(ctx, chargerId, monitors));
}

/** A monitor that the charger has set for us. */
export async function storeOwnMonitor(
  ctx: Context,
  chargerId: string,
  { id, ...spec }: ToldMonitor,
): Promise<void> {
  const before = await findMonitor(ctx, chargerId, id);
  const monitor: Monitor = {
    ...spec,
    id,
    source: 'platform',
    read_at: isoNow(ctx),
    last_triggered_at: before?.last_triggered_at ?? null,
  };
  await writeAll(ctx, puts(ctx, chargerId, [monitor]));
}

/** Monitors the charger no longer has. */
export const forgetMonitors = (ctx: Context, chargerId: string, ids: readonly number[]) =>
  writeAll(
    ctx,
    ids.map((id): Write => ({ op: 'delete', key: keys.monitor(ctx.tenantId, chargerId, id) })),
  );

/** A whole report has come that began at `since`: what it did not tell of is gone. */
export async function forgetUnread(ctx: Context, chargerId: string, since: string): Promise<void> {
  const unread = (await monitorsOf(ctx, chargerId)).filter(({ read_at }) => read_at < since);
  await forgetMonitors(
    ctx,
    chargerId,
    unread.map(({ id }) => id),
  );
}

const puts = (ctx: Context, chargerId: string, monitors: readonly Monitor[]): Write[] =>
  monitors.map((one) => ({ op: 'put', item: monitorItem(ctx, chargerId, one) }));

/** Each row by itself, as none depends on another: half the price of a transaction. */
async function writeAll(ctx: Context, writes: readonly Write[]): Promise<void> {
  for (let n = 0; n < writes.length; n += WRITES_AT_ONCE)
    await Promise.all(writes.slice(n, n + WRITES_AT_ONCE).map((one) => ctx.table.write([one])));
}
