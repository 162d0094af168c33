import { type Context, isoNow } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { MemberJoined } from '#shared/members/events.ts';
import { inviteMember } from '#shared/members/invite-member.ts';
import { allMembers, Member, memberItem } from '#shared/members/member.ts';
import { maskedView } from '#shared/members/member-view.ts';
import { hashPassword } from '#shared/members/password.ts';

interface FirstOwner {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Gives an organization that has never had a member an owner who can sign in at once: for sandboxes. */
export async function foundOwner(ctx: Context, owner: FirstOwner): Promise<void> {
  if ((await allMembers(ctx)).length > 0) return;
  const { email, name } = owner;
  const now = isoNow(ctx);
  const id = ctx.newId('mem');
  const member = Member.parse({
    ...{ id, email, name, role: 'owner', site_ids: null, status: 'active', invited_by: null },
    ...{ joined_at: now, created_at: now, updated_at: now },
  });
  const hash = await hashPassword(ctx, owner.password);
  const pointer = { ...keys.memberByEmail(ctx.tenantId, emailHash(email)), member_id: id };
  const password = { ...keys.memberPassword(ctx.tenantId, id), hash, set_at: now };
  const { version } = member;
  await commit(ctx, {
    aggregate: { kind: 'member', id, version },
    writes: [
      { op: 'put', when: 'absent', item: memberItem(ctx, member) },
      { op: 'put', when: 'absent', item: pointer },
      { op: 'put', when: 'absent', item: password },
    ],
    events: [eventOf(ctx, MemberJoined, { id, version, object: maskedView(ctx, member) })],
  });
}

/** Writes to the first owner of an organization that has never had a member; once, however often it is asked. */
export async function inviteFirstOwner(ctx: Context, email: string): Promise<void> {
  if ((await allMembers(ctx)).length > 0) return;
  const { emailed } = await inviteMember(ctx, { email, role: 'owner' });
  if (!emailed) ctx.log.warn('The first owner was not written to: no mail is sent from here');
}
