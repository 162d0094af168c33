import type { Context } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { keys } from '#shared/db/keys.ts';

const WINDOW_S = 3600;
const AT_MOST = 5;

/** Counts a letter to this address; the seconds to wait where it has had enough of them for now. */
export async function brakeLetters(ctx: Context, hash: string): Promise<number | undefined> {
  const now = Math.floor(ctx.now().getTime() / 1000);
  const window = Math.floor(now / WINDOW_S);
  const ends = (window + 1) * WINDOW_S;
  const count = await ctx.table.increment(keys.lettersTo(ctx.tenantId, hash, window), 'n', {
    max: AT_MOST,
    ttl: ends,
  });
  return count === undefined ? ends - now : undefined;
}

export const brakeLettersTo = (ctx: Context, email: string) => brakeLetters(ctx, emailHash(email));
