import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { MemberJoined } from '#shared/members/events.ts';
import { findMember, type Member, memberItem } from '#shared/members/member.ts';
import { findToken, spendToken } from '#shared/members/member-token.ts';
import { maskedView } from '#shared/members/member-view.ts';
import { hashPassword } from '#shared/members/password.ts';
import { checkNewPassword } from '#shared/members/password-rules.ts';
import type { Role } from '#shared/members/roles.ts';
import { getOrganization, type Organization } from '#shared/organizations/organization.ts';

/** What the page shows to whoever opens the link. */
export interface Invitation {
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly expires_at: string;
}

/** Undefined for a link that was used, replaced, withdrawn or is too old. It needs no organization. */
export async function findInvitation(ctx: Context, token: string): Promise<Invitation | undefined> {
  const open = await openInvitation(ctx, token);
  if (!open) return undefined;
  const { email, name, role, invitation } = open.member;
  return {
    ...{ email, name, role },
    organization_id: open.organization.id,
    organization_name: open.organization.name,
    expires_at: invitation?.expires_at ?? '',
  };
}

/**
 * Joins by the token of an invitation, once. Throws gone for a link that is no good, validation_failed
 * for a password that is none.
 */
export async function acceptInvitation(
  ctx: Context,
  token: string,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<Member> {
  return retrying(async () => {
    const open = await openInvitation(ctx, token);
    if (!open) throw new AppError('gone', 'This invitation cannot be used any more.');
    const { own, hash, member, organization } = open;
    checkNewPassword(password, { email: member.email, name, organization: organization.name });
    const now = isoNow(own);
    const joined: Member = {
      ...member,
      ...{ name, status: 'active', invitation: null, joined_at: now, updated_at: now },
      version: member.version + 1,
    };
    const { id, version } = joined;
    const secret = await hashPassword(own, password);
    await commit(own, {
      aggregate: { kind: 'member', id, version },
      writes: [
        spendToken(hash),
        { op: 'put', item: memberItem(own, joined), when: { version: member.version } },
        {
          op: 'put',
          item: { ...keys.memberPassword(own.tenantId, id), hash: secret, set_at: now },
        },
      ],
      events: [eventOf(own, MemberJoined, { id, version, object: maskedView(own, joined) })],
    });
    return joined;
  });
}

interface Open {
  readonly own: Context;
  readonly hash: string;
  readonly member: Member;
  readonly organization: Organization;
}

async function openInvitation(ctx: Context, token: string): Promise<Open | undefined> {
  const found = await findToken(ctx, token, 'invitation');
  if (!found) return undefined;
  const member = await findMember(found.own, found.memberId);
  const isOut = member?.status === 'invited' && member.invitation?.hash === found.hash;
  if (!member || !isOut) return undefined;
  return {
    own: found.own,
    hash: found.hash,
    member,
    organization: await getOrganization(found.own),
  };
}
