import { type Context, isoNow } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { MemberRemoved } from '#shared/members/events.ts';
import { ifAnotherOwnerStays } from '#shared/members/last-owner.ts';
import { getMember, type Member, memberItem } from '#shared/members/member.ts';
import { checkMayManage } from '#shared/members/member-grant.ts';
import { closingSockets } from '#shared/members/member-sockets.ts';
import { voidToken } from '#shared/members/member-token.ts';
import { maskedView } from '#shared/members/member-view.ts';

/**
 * Takes somebody out: their tokens, sockets, password and invitation are over at once, and their address
 * may be invited anew. Again is no error. Throws not_found, etag_mismatch, insufficient_scope,
 * site_restricted, conflict for the last owner.
 */
export async function removeMember(ctx: Context, id: string, ifMatch?: number): Promise<Member> {
  return retrying(async () => {
    const before = await getMember(ctx, id);
    if (ifMatch !== undefined && before.version !== ifMatch)
      throw new AppError('etag_mismatch', 'The member has changed since you read it.');
    if (before.status === 'removed') return before;
    checkMayManage(ctx, before);
    const stays = await ifAnotherOwnerStays(ctx, before);
    const now = isoNow(ctx);
    const after: Member = {
      ...before,
      ...{ status: 'removed', invitation: null, removed_at: now, updated_at: now },
      version: before.version + 1,
    };
    const { version, email, invitation } = { ...after, invitation: before.invitation };
    await commit(ctx, {
      aggregate: { kind: 'member', id, version },
      writes: [
        { op: 'put', item: memberItem(ctx, after), when: { version: before.version } },
        { op: 'delete', key: keys.memberByEmail(ctx.tenantId, emailHash(email)) },
        { op: 'delete', key: keys.memberPassword(ctx.tenantId, id) },
        ...(invitation ? [voidToken(invitation.hash)] : []),
        ...stays,
      ],
      events: [eventOf(ctx, MemberRemoved, { id, version, object: maskedView(ctx, after) })],
      tasks: closingSockets(ctx, id),
    });
    return after;
  });
}
