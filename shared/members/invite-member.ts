import { callerId } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { mailTasks } from '#shared/mail/mail-task.ts';
import { MemberInvited } from '#shared/members/events.ts';
import { brakeLettersTo } from '#shared/members/letter-brake.ts';
import { invitationLetter, invitationUrl } from '#shared/members/letters.ts';
import {
  allMembers,
  findMemberByEmail,
  type Member,
  mayKnow,
  memberItem,
} from '#shared/members/member.ts';
import { checkMayManage, grantableSites } from '#shared/members/member-grant.ts';
import { issueToken, voidToken } from '#shared/members/member-token.ts';
import { maskedView } from '#shared/members/member-view.ts';
import type { NewMember } from '#shared/members/new-member.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

const INVITED_FOR_S = 7 * 86_400;
/** Each is read with the list of them. */
const AT_MOST = 500;

interface Invited {
  readonly member: Member;
  /** Not to be had again. */
  readonly url: string;
  readonly emailed: boolean;
  readonly isNew: boolean;
}

/**
 * Invites somebody, or once more, which voids the link of before. Throws insufficient_scope,
 * site_restricted, validation_failed, rate_limited, and conflict for one who has joined.
 */
export async function inviteMember(ctx: Context, input: NewMember): Promise<Invited> {
  const { name: organization } = await getOrganization(ctx);
  const site_ids = await grantableSites(ctx, input.role, input.site_ids);
  await checkNumber(ctx);
  const wait = await brakeLettersTo(ctx, input.email);
  if (wait !== undefined)
    throw new AppError('rate_limited', 'This address has been invited often enough for now.', {
      retryAfter: wait,
    });
  return retrying(async () => {
    const before = await invitable(ctx, input.email);
    const now = isoNow(ctx);
    const id = before?.id ?? ctx.newId('mem');
    const expires_at = plusSeconds(now, INVITED_FOR_S);
    const issued = issueToken(ctx, { purpose: 'invitation', member_id: id, expires_at });
    const member: Member = {
      ...(before ?? blank(now)),
      ...{ id, email: input.email, role: input.role, site_ids, status: 'invited' },
      name: input.name ?? before?.name ?? null,
      invited_by: callerId(ctx),
      invitation: { hash: issued.hash, expires_at },
      updated_at: now,
      version: (before?.version ?? 0) + 1,
    };
    const url = invitationUrl(ctx, issued.token);
    const letter = invitationLetter({ to: input.email, organization }, { role: input.role, url });
    const tasks = await mailTasks(ctx, letter, { usefulUntil: expires_at });
    const { version } = member;
    await commit(ctx, {
      aggregate: { kind: 'member', id, version },
      writes: [...storing(ctx, before, member), issued.write],
      events: [eventOf(ctx, MemberInvited, { id, version, object: maskedView(ctx, member) })],
      tasks,
    });
    return { member, url, emailed: tasks.length > 0, isNew: !before };
  });
}

/** Whoever has this address and has not joined yet; undefined for an address that is free. */
async function invitable(ctx: Context, email: string): Promise<Member | undefined> {
  const before = await findMemberByEmail(ctx, email);
  if (!before || before.status === 'removed') return undefined;
  // A restricted credential is told as little of those whom it may not know.
  if (before.status === 'active' || !mayKnow(ctx, before))
    throw conflict('Somebody with this address is a member.');
  checkMayManage(ctx, before);
  return before;
}

function storing(ctx: Context, before: Member | undefined, member: Member): Write[] {
  const pointer = { ...keys.memberByEmail(ctx.tenantId, emailHash(member.email)) };
  const item = memberItem(ctx, member);
  if (before)
    return [
      { op: 'put', item, when: { version: before.version } },
      ...(before.invitation ? [voidToken(before.invitation.hash)] : []),
    ];
  // One who was removed gives the address up with it: see removeMember.
  return [
    { op: 'put', item, when: 'absent' },
    { op: 'put', item: { ...pointer, member_id: member.id }, when: 'absent' },
  ];
}

const blank = (created_at: string) => ({
  joined_at: null,
  removed_at: null,
  last_sign_in_at: null,
  sessions_valid_from: null,
  created_at,
});

async function checkNumber(ctx: Context): Promise<void> {
  const present = (await allMembers(ctx)).filter(({ status }) => status !== 'removed');
  if (present.length >= AT_MOST) throw conflict(`An organization has at most ${AT_MOST} members.`);
}
