import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { notFound } from '#shared/core/errors.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import type { Item, Table } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import { Role, rolePresets } from '#shared/members/roles.ts';

export const MemberStatus = z
  .enum(['invited', 'active', 'removed'])
  .meta({ id: 'MemberStatus', description: '`invited`: has not accepted yet.' });
export type MemberStatus = z.infer<typeof MemberStatus>;

/** A person of an organization. Whether a token of theirs is good is said by this row alone. */
export const Member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: Role,
  /** The sites they are restricted to; null for all. */
  site_ids: z.array(z.string()).min(1).nullable(),
  status: MemberStatus,
  /** The credential that invited them; null for the deployment itself. */
  invited_by: z.string().nullable(),
  /** The link that is out; null where none is. Its token is stored as this hash alone. */
  invitation: z.object({ hash: z.string(), expires_at: z.string() }).nullable().default(null),
  joined_at: z.string().nullable().default(null),
  removed_at: z.string().nullable().default(null),
  last_sign_in_at: z.string().nullable().default(null),
  /** Sign-ins of before, and the tokens from them, are over: null where all are good. */
  sessions_valid_from: z.string().nullable().default(null),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int().default(1),
});
export type Member = z.infer<typeof Member>;

/** What a member may do, by their role. */
export const memberScopes = ({ role }: Pick<Member, 'role'>): readonly string[] =>
  rolePresets[role];

/** Any that there is or was, whoever asks. */
export async function findMember(
  { table, tenantId }: { readonly table: Table; readonly tenantId: string },
  id: string,
): Promise<Member | undefined> {
  const item = await table.get(keys.member(tenantId, id));
  return item && Member.parse(item);
}

/** Throws not_found, for one too that a restricted credential may not know of. */
export async function getMember(ctx: Context, id: string): Promise<Member> {
  const member = await findMember(ctx, id);
  if (!member || !mayKnow(ctx, member)) throw notFound('Member');
  return member;
}

export async function findMemberByEmail(ctx: Context, email: string): Promise<Member | undefined> {
  const pointer = await ctx.table.get(keys.memberByEmail(ctx.tenantId, emailHash(email)));
  return pointer && findMember(ctx, MemberPointer.parse(pointer).member_id);
}
export const MemberPointer = z.object({ member_id: z.string() });

/** The newest first; those too that were removed and are not forgotten yet. */
export async function allMembers(ctx: Pick<Context, 'table' | 'tenantId'>): Promise<Member[]> {
  const rows = await readAll(ctx, keys.members(ctx.tenantId));
  return rows.map((row) => Member.parse(row)).sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** A credential restricted to sites knows of members alone who reach no others. */
export function mayKnow(ctx: Context, { site_ids }: Member): boolean {
  if (!allowedSites(ctx)) return true;
  return site_ids?.every((id) => reachesSite(ctx, id)) ?? false;
}

/** How long somebody who was removed is still listed. */
const REMEMBERED_S = 90 * 86_400;

export const memberItem = (ctx: Pick<Context, 'tenantId'>, member: Member): Item => ({
  ...member,
  ...keys.member(ctx.tenantId, member.id),
  ...(member.removed_at === null
    ? {}
    : { ttl: Math.ceil(Date.parse(member.removed_at) / 1000) + REMEMBERED_S }),
});
