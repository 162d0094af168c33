import * as z from 'zod';
import { mayReach } from '#shared/chargers/charger-view.ts';
import { ChargerUnclaimedConnection, UnclaimedCharger } from '#shared/chargers/events.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';

const KEPT_DAYS = 30;
const TELL_EVERY_S = 3600;

const Row = UnclaimedCharger.extend({ told_at: z.string(), version: z.int() });

/** An identity was refused at the door: remembered for 30 days, told once an hour. */
export async function recordRefusal(
  ctx: Context,
  refusal: Pick<UnclaimedCharger, 'identity' | 'remote_ip' | 'reason'>,
): Promise<void> {
  const key = keys.unclaimed(ctx.tenantId, refusal.identity);
  await retrying(async () => {
    const item = await ctx.table.get(key);
    const before = item && Row.parse(item);
    const at = isoNow(ctx);
    const tell = !before || secondsBetween(before.told_at, at) >= TELL_EVERY_S;
    const row = Row.parse({
      vendor_name: null,
      model: null,
      serial_number: null,
      first_attempt_at: before?.first_attempt_at ?? at,
      last_attempt_at: at,
      attempts: (before?.attempts ?? 0) + 1,
      told_at: tell ? at : before.told_at,
      version: (before?.version ?? 0) + 1,
      ...refusal,
    });
    const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400;
    const event = { id: row.identity, version: row.version, object: UnclaimedCharger.parse(row) };
    await commit(ctx, {
      aggregate: { kind: 'unclaimed', id: row.identity, version: Math.floor(ctx.now().getTime()) },
      writes: [
        {
          op: 'put',
          item: { ...row, ...key, ttl },
          when: before ? { version: before.version } : 'absent',
        },
      ],
      events: tell ? [eventOf(ctx, ChargerUnclaimedConnection, event)] : [],
    });
  });
}

/** Identities that knocked and were refused, by identity. They are of no site, so not for all to see. */
export async function listUnclaimed(
  ctx: Context,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: UnclaimedCharger[]; cursor?: string }> {
  if (!mayReach(ctx, { site_id: null })) return { items: [] };
  const page = await ctx.table.query({
    ...keys.allUnclaimed(ctx.tenantId),
    limit,
    ...(cursor ? { cursor } : {}),
  });
  const items = page.items.map((item) => UnclaimedCharger.parse(item));
  return { items, ...(page.cursor ? { cursor: page.cursor } : {}) };
}
