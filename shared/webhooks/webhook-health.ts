import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Key, Write } from '#shared/core/table.ts';
import { plusSeconds, secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { WebhookHealth } from '#shared/webhooks/webhook-endpoint.ts';

const DAY_S = 86_400;
/** A busy endpoint's health is written seldom: its row must not take a write per delivery. */
const SUCCESS_TOLD_EVERY_S = 3600;
const FAILURE_TOLD_EVERY_S = 60;

const instant = z.string().nullable().default(null);
const HealthRow = z.object({
  last_success_at: instant,
  last_failure_at: instant,
  failing_since: instant,
  last_error: instant,
});
type HealthRow = z.infer<typeof HealthRow>;
const Tally = z.object({ succeeded: z.number().default(0), failed: z.number().default(0) });

/** Counts an attempt, in the transaction that records it. */
export function tallyAttempt(
  ctx: Context,
  endpointId: string,
  deliveryId: string,
  succeeded: boolean,
): Write {
  const now = isoNow(ctx);
  return {
    op: 'update',
    key: keys.webhookTally(ctx.tenantId, endpointId, dayOf(now), deliveryId),
    add: { [succeeded ? 'succeeded' : 'failed']: 1 },
    set: { ttl: Math.floor(ctx.now().getTime() / 1000) + 3 * DAY_S },
  };
}

export async function noteSuccess(ctx: Context, endpointId: string): Promise<void> {
  const key = keys.webhookHealth(ctx.tenantId, endpointId);
  const { failing_since, last_success_at } = await readRow(ctx, key);
  const now = isoNow(ctx);
  if (failing_since === null && isRecent(last_success_at, now, SUCCESS_TOLD_EVERY_S)) return;
  await ctx.table.write([
    { op: 'update', key, set: { last_success_at: now }, remove: ['failing_since'] },
  ]);
}

/** Answers since when every attempt has failed. */
export async function noteFailure(
  ctx: Context,
  endpointId: string,
  error: string,
): Promise<string> {
  const key = keys.webhookHealth(ctx.tenantId, endpointId);
  const { failing_since, last_failure_at } = await readRow(ctx, key);
  const now = isoNow(ctx);
  const since = failing_since ?? now;
  if (failing_since === null || !isRecent(last_failure_at, now, FAILURE_TOLD_EVERY_S))
    await ctx.table.write([
      {
        op: 'update',
        key,
        set: { last_failure_at: now, last_error: error, failing_since: since },
      },
    ]);
  return since;
}

/** An endpoint that is enabled again starts without a past. */
export const forgetFailures = (ctx: Context, endpointId: string): Write => ({
  op: 'update',
  key: keys.webhookHealth(ctx.tenantId, endpointId),
  remove: ['failing_since', 'last_error'],
});

export async function healthOf(ctx: Context, endpointId: string): Promise<WebhookHealth> {
  const today = isoNow(ctx);
  const days = [dayOf(today), dayOf(plusSeconds(today, -DAY_S))];
  const [health, ...tallies] = await ctx.table.batchGet([
    keys.webhookHealth(ctx.tenantId, endpointId),
    ...days.flatMap((day) => keys.webhookTallies(ctx.tenantId, endpointId, day)),
  ]);
  return { ...HealthRow.parse(health ?? {}), success_rate: rateOf(tallies) };
}

function rateOf(rows: readonly unknown[]): number | null {
  const tallies = rows.map((row) => Tally.parse(row ?? {}));
  const succeeded = tallies.reduce((sum, tally) => sum + tally.succeeded, 0);
  const all = tallies.reduce((sum, tally) => sum + tally.failed, succeeded);
  return all === 0 ? null : Math.round((succeeded / all) * 1000) / 1000;
}

const readRow = async (ctx: Context, key: Key): Promise<HealthRow> =>
  HealthRow.parse((await ctx.table.get(key)) ?? {});
const isRecent = (at: string | null, now: string, seconds: number): boolean =>
  at !== null && secondsBetween(at, now) < seconds;
const dayOf = (at: string) => at.slice(0, 10);
