import { timingSafeEqual } from 'node:crypto';
import type { Context } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { createDriver } from '#shared/drivers/create-driver.ts';
import { type Driver, findDriverByEmail } from '#shared/drivers/driver.ts';
import { NewDriver } from '#shared/drivers/new-driver.ts';
import { codeOf, findChallenge, whoSignsIn } from '#shared/drivers/sign-in-challenge.ts';

const TRIES = 5;

/**
 * `wrong_code`: another try may help. `expired`: no more with this challenge, which is unknown, used, too
 * old or was tried too often. `blocked`: told to whoever has proved the email, and to nobody else.
 */
export type SignInRefusal = 'wrong_code' | 'expired' | 'blocked';

export type CompletedSignIn =
  | { readonly driver: Driver; readonly refused?: undefined }
  | { readonly driver?: undefined; readonly refused: SignInRefusal };

/** Signs a driver in by the code that was sent; the first sign-in of a new one makes the driver. */
export async function completeDriverSignIn(
  ctx: Context,
  { challenge_id: id, code }: { readonly challenge_id: string; readonly code: string },
): Promise<CompletedSignIn> {
  const challenge = await findChallenge(ctx, id);
  if (!challenge) return { refused: 'expired' };
  const key = keys.signInChallenge(ctx.tenantId, id);
  const ttl = Math.ceil(Date.parse(challenge.expires_at) / 1000);
  const tries = await ctx.table.increment(key, 'tries', { max: TRIES, ttl });
  if (tries === undefined) return { refused: 'expired' };
  if (!isSame(code.replaceAll(/\s/g, ''), await codeOf(ctx, id)))
    return { refused: tries === TRIES ? 'expired' : 'wrong_code' };
  if (!(await isUsedUp(ctx, id, challenge.email))) return { refused: 'expired' };
  return enter(ctx, challenge.email);
}

const isSame = (given: string, code: string): boolean =>
  Buffer.byteLength(given) === code.length &&
  timingSafeEqual(Buffer.from(given), Buffer.from(code));

/** True for the one who used it; somebody else may have been faster. */
async function isUsedUp(ctx: Context, id: string, email: string): Promise<boolean> {
  const key = keys.signInChallenge(ctx.tenantId, id);
  try {
    await ctx.table.write([{ op: 'delete', key, when: { email } }]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

async function enter(ctx: Context, email: string): Promise<CompletedSignIn> {
  const who = await whoSignsIn(ctx, email);
  // Nobody was sent this code, so it was guessed.
  if (!who) return { refused: 'expired' };
  const driver = who === 'new' ? await signUp(ctx, email) : who;
  return driver.status === 'active' ? { driver } : { refused: 'blocked' };
}

/** Two codes of one email may be used at once: the second finds the driver that the first made. */
async function signUp(ctx: Context, email: string): Promise<Driver> {
  try {
    return await createDriver(ctx, NewDriver.parse({ email }));
  } catch (error) {
    const other = hasCode(error, 'conflict') ? await findDriverByEmail(ctx, email) : undefined;
    if (!other) throw error;
    return other;
  }
}
