import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { addSigningKey, presentKey, signingKeys } from '#shared/oauth/signing-key.ts';
import { LONGEST_TOKEN_S } from '#shared/oauth-clients/new-oauth-client.ts';

const DAY_S = 86_400;
/** A key signs for so long. */
const SIGNS_S = 90 * DAY_S;
/** The next is published so long before, that every cache of the JWKS has it in time. */
const AHEAD_S = 7 * DAY_S;
/** Beyond the last token's end, for clocks that are wrong and jobs that are late. */
const SLACK_S = DAY_S;

/** Publishes the next key ahead of its time, and forgets those whose last token is over. Once a day is enough. */
export async function rotateSigningKeys(ctx: Context): Promise<void> {
  const all = await signingKeys(ctx);
  const now = ctx.now();
  const present = presentKey(all, now);
  const newest = all.at(-1);
  if (!present || !newest) return;
  const next = plusSeconds(present.signs_from, SIGNS_S - AHEAD_S);
  if (newest === present && next <= isoNow(ctx))
    await addSigningKey(ctx, newest.number + 1, plusSeconds(isoNow(ctx), AHEAD_S));
  const last = plusSeconds(present.signs_from, LONGEST_TOKEN_S + SLACK_S);
  if (last > isoNow(ctx)) return;
  const over = all.filter(({ number }) => number < present.number);
  if (over.length === 0) return;
  await ctx.table.write(
    over.map(({ number }) => ({ op: 'delete' as const, key: keys.signingKey(number) })),
  );
}
