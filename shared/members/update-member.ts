import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { MemberUpdated } from '#shared/members/events.ts';
import { ifAnotherOwnerStays } from '#shared/members/last-owner.ts';
import { getMember, type Member, memberItem } from '#shared/members/member.ts';
import { checkMayManage, grantableSites } from '#shared/members/member-grant.ts';
import { closingSockets } from '#shared/members/member-sockets.ts';
import { maskedView } from '#shared/members/member-view.ts';
import type { MemberPatch } from '#shared/members/new-member.ts';

/**
 * Changes what a member may do, where, and their name. It counts at once, for the tokens they have too.
 * Throws not_found, etag_mismatch, insufficient_scope, site_restricted, validation_failed, conflict for
 * the last owner and for one who was removed.
 */
export async function updateMember(
  ctx: Context,
  id: string,
  patch: MemberPatch,
  ifMatch?: number,
): Promise<Member> {
  return retrying(async () => {
    const before = await getMember(ctx, id);
    if (ifMatch !== undefined && before.version !== ifMatch)
      throw new AppError('etag_mismatch', 'The member has changed since you read it.');
    if (before.status === 'removed') throw conflict('They were removed: invite them again.');
    checkMayManage(ctx, before);
    const wanted = applyPatch(before, {
      name: patch.name,
      ...(await accessOf(ctx, before, patch)),
    });
    if (isSame(before, wanted)) return before;
    const after = { ...wanted, updated_at: isoNow(ctx), version: before.version + 1 };
    await store(ctx, before, after);
    return after;
  });
}

/** A name alone grants nothing: it may be changed also where a site of theirs has gone. */
async function accessOf(ctx: Context, before: Member, patch: MemberPatch) {
  if (patch.role === undefined && patch.site_ids === undefined) return {};
  const { role = before.role, site_ids = before.site_ids } = patch;
  return { role, site_ids: await grantableSites(ctx, role, site_ids) };
}

async function store(ctx: Context, before: Member, after: Member): Promise<void> {
  const { id, version } = after;
  const stays = after.role === 'owner' ? [] : await ifAnotherOwnerStays(ctx, before);
  const { name, role, site_ids } = before;
  const change = {
    id,
    version,
    object: maskedView(ctx, after),
    previous: { name, role, site_ids },
  };
  await commit(ctx, {
    aggregate: { kind: 'member', id, version },
    writes: [
      { op: 'put', item: memberItem(ctx, after), when: { version: before.version } },
      ...stays,
    ],
    events: [eventOf(ctx, MemberUpdated, change)],
    // What they have open shows what they could see before.
    tasks: isSameAccess(before, after) ? [] : closingSockets(ctx, id),
  });
}

const text = (value: unknown) => JSON.stringify(value);
const isSameAccess = (a: Member, b: Member) =>
  text([a.role, a.site_ids]) === text([b.role, b.site_ids]);
const isSame = (a: Member, b: Member) => a.name === b.name && isSameAccess(a, b);
