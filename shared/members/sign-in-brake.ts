import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { metric } from '#shared/core/metric-names.ts';
import { keys } from '#shared/db/keys.ts';

const WINDOW_S = 900;
const AT_MOST = 10;

/**
 * Counts an attempt before it is made, so that many at once are no way round. It goes by the address,
 * whether or not anybody has it. Throws rate_limited.
 */
export async function takeAttempt(ctx: Context, hash: string): Promise<void> {
  const now = Math.floor(ctx.now().getTime() / 1000);
  const ends = (windowOf(ctx) + 1) * WINDOW_S;
  const row = keys.signInAttempts(ctx.tenantId, hash, windowOf(ctx));
  const count = await ctx.table.increment(row, 'n', { max: AT_MOST, ttl: ends });
  if (count !== undefined) return;
  ctx.log.count(metric.signInFailures);
  throw new AppError('rate_limited', 'Too many attempts: wait a while, or set a new password.', {
    retryAfter: ends - now,
  });
}

/** Whoever knows the password, or the way into the letterbox, has all attempts again. */
export const forgiveAttempts = (ctx: Context, hash: string): Promise<void> =>
  ctx.table.write([{ op: 'delete', key: keys.signInAttempts(ctx.tenantId, hash, windowOf(ctx)) }]);

const windowOf = (ctx: Context) => Math.floor(ctx.now().getTime() / 1000 / WINDOW_S);
