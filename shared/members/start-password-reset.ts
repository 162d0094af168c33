import { type Context, isoNow } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';
import { mailTasks } from '#shared/mail/mail-task.ts';
import { brakeLetters } from '#shared/members/letter-brake.ts';
import { passwordResetLetter, passwordResetUrl } from '#shared/members/letters.ts';
import { findMember, MemberPointer } from '#shared/members/member.ts';
import { issueToken, voidToken } from '#shared/members/member-token.ts';
import { StoredPassword } from '#shared/members/sign-in-member.ts';
import { type AskedReset, StartPasswordReset } from '#shared/members/tasks.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

const GOOD_FOR_S = 3600;

/**
 * Notes that a new password is wanted. The same work and the same answer whether or not somebody has
 * this address: who has one is found out by a worker, and told by letter alone.
 */
export async function requestPasswordReset(
  ctx: Context,
  { email }: { readonly email: string },
): Promise<void> {
  const id = ctx.newId('pwr');
  const asked = { id, email_hash: emailHash(email), api: ctx.urls.api };
  await commit(ctx, {
    aggregate: { kind: 'password_reset', id, version: 1 },
    writes: [],
    tasks: [dueTask(ctx, StartPasswordReset, asked)],
  });
}

/** Writes to a member who asked for it, once for each time; the link of before is void then. */
export async function startPasswordReset(ctx: Context, asked: AskedReset): Promise<void> {
  const pointer = await ctx.table.get(keys.memberByEmail(ctx.tenantId, asked.email_hash));
  const member = pointer && (await findMember(ctx, MemberPointer.parse(pointer).member_id));
  const row = member && (await ctx.table.get(keys.memberPassword(ctx.tenantId, member.id)));
  if (member?.status !== 'active' || !row) return;
  if ((await brakeLetters(ctx, asked.email_hash)) !== undefined) return;
  const { hash, reset } = StoredPassword.parse(row);
  const expires_at = plusSeconds(isoNow(ctx), GOOD_FOR_S);
  const issued = issueToken(ctx, { purpose: 'password_reset', member_id: member.id, expires_at });
  const { name: organization } = await getOrganization(ctx);
  const url = passwordResetUrl(asked.api, issued.token);
  const letter = passwordResetLetter({ to: member.email, organization }, { url });
  try {
    await commit(ctx, {
      aggregate: { kind: 'password_reset', id: asked.id, version: 2 },
      writes: [
        issued.write,
        {
          op: 'update',
          key: keys.memberPassword(ctx.tenantId, member.id),
          set: { reset: issued.hash },
          when: { hash },
        },
        ...(reset ? [voidToken(reset)] : []),
      ],
      tasks: await mailTasks(ctx, letter, { usefulUntil: expires_at }),
    });
  } catch (error) {
    // This request was heard before, or the password was changed at this moment.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
