import { createHmac, hkdfSync } from 'node:crypto';
import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { type Driver, findDriverByEmail } from '#shared/drivers/driver.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** The code of every sign-in in test mode, in which nobody is sent any. */
export const TEST_CODE = '424242';

/** A sign-in under way. The code is in no row: it follows from the id, for whoever has the deployment's key. */
const SignInChallenge = z.object({
  email: z.string(),
  expires_at: z.string(),
  tries: z.int().default(0),
});
type SignInChallenge = z.infer<typeof SignInChallenge>;

/** Undefined for one that is unknown, used or too old. */
export async function findChallenge(
  ctx: Context,
  id: string,
): Promise<SignInChallenge | undefined> {
  const item = await ctx.table.get(keys.signInChallenge(ctx.tenantId, id));
  const { success, data } = SignInChallenge.safeParse(item);
  return success && Date.parse(data.expires_at) > ctx.now().getTime() ? data : undefined;
}

const KEY_BYTES = 32;
const NUMBER_BYTES = 6;

/** Six digits, as good as drawn by chance for each challenge. */
export async function codeOf(ctx: Context, challengeId: string): Promise<string> {
  if (!ctx.livemode) return TEST_CODE;
  const key = Buffer.from(hkdfSync('sha256', await ctx.cursorKey(), '', 'driver-code', KEY_BYTES));
  const mac = createHmac('sha256', key).update(`${ctx.tenantId}\n${challengeId}`).digest();
  return String(mac.readUIntBE(0, NUMBER_BYTES) % 1_000_000).padStart(6, '0');
}

/** Whom a proved email signs in: a driver, nobody yet who may become one, or nobody. */
export async function whoSignsIn(ctx: Context, email: string): Promise<Driver | 'new' | undefined> {
  const driver = await findDriverByEmail(ctx, email);
  if (driver) return driver;
  return (await mayDriversSignUp(ctx)) ? 'new' : undefined;
}

/** By themselves, with an email that nobody has registered. */
async function mayDriversSignUp(ctx: Context): Promise<boolean> {
  const { drivers_may_sign_up: may, livemode } = await getOrganization(ctx);
  return may ?? !livemode;
}
