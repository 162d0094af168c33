import type { Context } from '#shared/core/context.ts';
import { pageOf } from '#shared/core/page-of.ts';
import { allMembers, type Member, type MemberStatus, mayKnow } from '#shared/members/member.ts';
import type { Role } from '#shared/members/roles.ts';

export interface MemberFilter {
  readonly ids?: readonly string[] | undefined;
  readonly status?: MemberStatus | undefined;
  readonly role?: Role | undefined;
}

/** The newest first. An organization has few, so each page reads them all. */
export async function listMembers(
  ctx: Context,
  { ids, status, role }: MemberFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Member[]; total: number; cursor?: string }> {
  const matching = (await allMembers(ctx))
    .filter((member) => mayKnow(ctx, member))
    .filter((member) => !ids || ids.includes(member.id))
    .filter((member) => !status || member.status === status)
    .filter((member) => !role || member.role === role);
  return pageOf(matching, ({ id }) => id, page);
}
