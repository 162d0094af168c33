import { type Context, isoNow } from '#shared/core/context.ts';
import { EmailAddress, emailHash } from '#shared/core/email-address.ts';
import { AppError } from '#shared/core/errors.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { SendSignInCode } from '#shared/drivers/tasks.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

export const GOOD_FOR_S = 600;

interface Limit {
  readonly name: string;
  readonly seconds: number;
  readonly most: number;
}
/** With five tries a code, nobody gets further than 100 of a million guesses a day at one address. */
const OF_EMAIL: readonly Limit[] = [
  { name: 'TEN', seconds: 600, most: 5 },
  { name: 'DAY', seconds: 86_400, most: 20 },
];
/** What it costs at most when strangers type addresses. */
const OF_ORGANIZATION: readonly Limit[] = [{ name: 'TEN', seconds: 600, most: 300 }];

/** A sign-in that waits for its code. */
export interface StartedSignIn {
  readonly challenge_id: string;
  readonly expires_at: string;
}

/**
 * Begins the sign-in of whoever has this email: a code is sent there. The same work and the same answer
 * whether or not a driver has it: that is found out by a worker, and told by letter alone. Throws
 * validation_failed for what is no email, rate_limited.
 */
export async function startDriverSignIn(
  ctx: Context,
  asked: { readonly email: string },
): Promise<StartedSignIn> {
  const { data: email } = EmailAddress.safeParse(asked.email);
  if (email === undefined)
    throw new AppError('validation_failed', 'That is no email address.', {
      errors: [{ field: 'email', code: 'invalid_format', message: 'Not an email address.' }],
    });
  // The address first: who repeats one is stopped before he uses up what all share.
  for (const limit of OF_EMAIL) await take(ctx, emailHash(email), limit);
  for (const limit of OF_ORGANIZATION) await take(ctx, 'ALL', limit);
  const challenge_id = ctx.newId('dsi');
  const expires_at = plusSeconds(isoNow(ctx), GOOD_FOR_S);
  const ttl = Math.ceil(Date.parse(expires_at) / 1000);
  const key = keys.signInChallenge(ctx.tenantId, challenge_id);
  await commit(ctx, {
    aggregate: { kind: 'driver_sign_in', id: challenge_id, version: 1 },
    writes: [{ op: 'put', when: 'absent', item: { ...key, email, expires_at, tries: 0, ttl } }],
    tasks: [dueTask(ctx, SendSignInCode, { challenge_id })],
  });
  return { challenge_id, expires_at };
}

/** Throws rate_limited. */
async function take(ctx: Context, whose: string, { name, seconds, most }: Limit): Promise<void> {
  const now = Math.floor(ctx.now().getTime() / 1000);
  const window = Math.floor(now / seconds);
  const end = (window + 1) * seconds;
  const key = keys.signInTally(ctx.tenantId, whose, `${name}#${window}`);
  const taken = await ctx.table.increment(key, 'n', { max: most, ttl: end + 60 });
  if (taken !== undefined) return;
  throw new AppError('rate_limited', 'Too many codes have been asked for.', {
    retryAfter: end - now,
  });
}
