import type { Context } from '#shared/core/context.ts';
import { conflict } from '#shared/core/errors.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { allMembers, type Member } from '#shared/members/member.ts';

/**
 * What must hold when an owner goes or becomes less: another stays. Two who go at the same time for the
 * sake of each other do not both go. Throws conflict for the last.
 */
export async function ifAnotherOwnerStays(ctx: Context, going: Member): Promise<Write[]> {
  if (!isOwner(going)) return [];
  const other = (await allMembers(ctx)).find((one) => one.id !== going.id && isOwner(one));
  if (!other) throw conflict('The last owner stays an owner: make another one first.');
  const key = keys.member(ctx.tenantId, other.id);
  return [{ op: 'check', key, when: { version: other.version } }];
}

const isOwner = ({ role, status }: Member) => role === 'owner' && status === 'active';
