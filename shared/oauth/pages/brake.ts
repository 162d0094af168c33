import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { keys } from '#shared/db/keys.ts';

const WINDOW_S = 900;
/** An office has one address: it is enough for all in it, and little for whoever guesses. */
const AT_MOST = 100;

/**
 * Counts a try from an address, before it is made, whoever it is for: each account has a brake of its own, and
 * whoever tries one password on all of them is stopped by this one. Throws rate_limited.
 */
export async function brakeAddress(ctx: Context, address: string): Promise<void> {
  const now = Math.floor(ctx.now().getTime() / 1000);
  const window = Math.floor(now / WINDOW_S);
  const row = keys.tries(sha256(`address\n${networkOf(address)}`), window);
  const ends = (window + 1) * WINDOW_S;
  const count = await ctx.table.increment(row, 'n', { max: AT_MOST, ttl: ends });
  if (count === undefined)
    throw new AppError('rate_limited', 'Too many tries from here: wait a quarter of an hour.', {
      retryAfter: ends - now,
    });
}

/** Whoever has one IPv6 address has all of its /64. */
const networkOf = (address: string): string =>
  address.includes(':') ? address.toLowerCase().split(':').slice(0, 4).join(':') : address;
