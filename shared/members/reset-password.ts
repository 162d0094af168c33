import { type Context, isoNow } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { mailTasks } from '#shared/mail/mail-task.ts';
import { MemberUpdated } from '#shared/members/events.ts';
import { passwordChangedLetter } from '#shared/members/letters.ts';
import { findMember, type Member, memberItem } from '#shared/members/member.ts';
import { closingSockets } from '#shared/members/member-sockets.ts';
import { findToken, spendToken } from '#shared/members/member-token.ts';
import { maskedView } from '#shared/members/member-view.ts';
import { hashPassword } from '#shared/members/password.ts';
import { checkNewPassword } from '#shared/members/password-rules.ts';
import { forgiveAttempts } from '#shared/members/sign-in-brake.ts';
import { StoredPassword } from '#shared/members/sign-in-member.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

const TOLD_WITHIN_S = 86_400;

/** Whose password a link sets; undefined for one that was used, replaced or is too old. */
export async function findPasswordReset(
  ctx: Context,
  token: string,
): Promise<{ email: string; organization_id: string; organization_name: string } | undefined> {
  const open = await openReset(ctx, token);
  if (!open) return undefined;
  const { id: organization_id, name: organization_name } = await getOrganization(open.own);
  return { email: open.member.email, organization_id, organization_name };
}

/**
 * Sets a new password by the token of a letter, once, and ends all that was opened with the old one.
 * Throws gone for a link that is no good, validation_failed for a password that is none.
 */
export async function resetPassword(
  ctx: Context,
  token: string,
  { password }: { readonly password: string },
): Promise<Member> {
  return retrying(async () => {
    const open = await openReset(ctx, token);
    if (!open) throw new AppError('gone', 'This link cannot be used any more.');
    const { own, hash, member: before } = open;
    const { email, name } = before;
    const { name: organization } = await getOrganization(own);
    checkNewPassword(password, { email, name, organization });
    const now = isoNow(own);
    const after: Member = {
      ...before,
      ...{ sessions_valid_from: wholeSecond(own), updated_at: now, version: before.version + 1 },
    };
    const { id, version } = after;
    const row = { hash: await hashPassword(own, password), set_at: now, reset: null };
    const letter = passwordChangedLetter({ to: email, organization });
    await commit(own, {
      aggregate: { kind: 'member', id, version },
      writes: [
        spendToken(hash),
        { op: 'put', item: memberItem(own, after), when: { version: before.version } },
        { op: 'put', item: { ...keys.memberPassword(own.tenantId, id), ...row } },
      ],
      events: [
        eventOf(own, MemberUpdated, { id, version, object: maskedView(own, after), previous: {} }),
      ],
      tasks: [
        ...closingSockets(own, id),
        ...(await mailTasks(own, letter, { usefulUntil: plusSeconds(now, TOLD_WITHIN_S) })),
      ],
    });
    await forgiveAttempts(own, emailHash(email));
    return after;
  });
}

/** Tokens say in whole seconds when they were issued: what is older than this instant is over. */
const wholeSecond = (ctx: Context) =>
  new Date(Math.ceil(ctx.now().getTime() / 1000) * 1000).toISOString();

async function openReset(ctx: Context, token: string) {
  const found = await findToken(ctx, token, 'password_reset');
  if (!found) return undefined;
  const { own, hash, memberId } = found;
  const member = await findMember(own, memberId);
  const row = await own.table.get(keys.memberPassword(own.tenantId, memberId));
  const isOut = row !== undefined && StoredPassword.parse(row).reset === hash;
  return member?.status === 'active' && isOut ? { own, hash, member } : undefined;
}
