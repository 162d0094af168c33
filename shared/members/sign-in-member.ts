import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { metric } from '#shared/core/metric-names.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { Member, MemberPointer } from '#shared/members/member.ts';
import { checkPassword, hashPassword } from '#shared/members/password.ts';
import { forgiveAttempts, takeAttempt } from '#shared/members/sign-in-brake.ts';

export const StoredPassword = z.object({
  hash: z.string(),
  set_at: z.string(),
  /** The hash of the link that is out to set a new one. */
  reset: z.string().nullable().default(null),
});
export type StoredPassword = z.infer<typeof StoredPassword>;

/**
 * The active member of the context's organization with this address and password. Undefined for
 * anybody else, after the same work: the same reads, and the same hash. Throws rate_limited, also for
 * addresses that nobody has.
 */
export async function signInMember(
  ctx: Context,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Member | undefined> {
  const address = emailHash(email);
  await takeAttempt(ctx, address);
  const { member, stored } = await credentialsOf(ctx, address);
  const verdict = await checkPassword(stored?.hash, password.slice(0, 1024));
  if (!member || !stored || verdict === 'wrong') {
    ctx.log.count(metric.signInFailures);
    return undefined;
  }
  const renewed = verdict === 'outdated' ? [await rehashed(ctx, member, stored, password)] : [];
  const isIn = await noteSignIn(ctx, member, renewed);
  if (!isIn) return undefined;
  await forgiveAttempts(ctx, address);
  return { ...member, last_sign_in_at: isoNow(ctx) };
}

const NOBODY = 'mem_nobody';

async function credentialsOf(ctx: Context, address: string) {
  const pointer = await ctx.table.get(keys.memberByEmail(ctx.tenantId, address));
  const id = pointer ? MemberPointer.parse(pointer).member_id : NOBODY;
  const [row, secret] = await ctx.table.batchGet([
    keys.member(ctx.tenantId, id),
    keys.memberPassword(ctx.tenantId, id),
  ]);
  const member = row && Member.parse(row);
  if (member?.status !== 'active' || !secret) return {};
  return { member, stored: StoredPassword.parse(secret) };
}

/** False where they were removed at this very moment. */
async function noteSignIn(ctx: Context, { id }: Member, also: readonly Write[]): Promise<boolean> {
  const note: Write = {
    op: 'update',
    key: keys.member(ctx.tenantId, id),
    set: { last_sign_in_at: isoNow(ctx) },
    when: { status: 'active' },
  };
  try {
    await ctx.table.write([note, ...also]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** The same password, stored as new ones are. */
async function rehashed(
  ctx: Context,
  { id }: Member,
  { hash }: StoredPassword,
  password: string,
): Promise<Write> {
  const set = { hash: await hashPassword(ctx, password) };
  return { op: 'update', key: keys.memberPassword(ctx.tenantId, id), set, when: { hash } };
}
