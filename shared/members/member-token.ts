import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** What a link in a letter is for. Its token is 256 random bits, stored as their hash alone. */
const MemberToken = z.object({
  purpose: z.enum(['invitation', 'password_reset']),
  organization_id: z.string(),
  livemode: z.boolean(),
  member_id: z.string(),
  expires_at: z.string(),
});
type MemberToken = z.infer<typeof MemberToken>;

export interface IssuedToken {
  readonly token: string;
  readonly hash: string;
  readonly write: Write;
}

/** A new link's token, and the row by which it is known. */
export function issueToken(
  ctx: Context,
  about: Omit<MemberToken, 'organization_id' | 'livemode'>,
): IssuedToken {
  const token = ctx.newSecret(32);
  const hash = sha256(token);
  const item = {
    ...about,
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    ...keys.memberToken(hash),
    ttl: Math.ceil(Date.parse(about.expires_at) / 1000),
  };
  return { token, hash, write: { op: 'put', when: 'absent', item } };
}

/** Takes a token out of the world; a link that was replaced or used opens nothing. */
export const voidToken = (hash: string): Write => ({ op: 'delete', key: keys.memberToken(hash) });

/** The same, for the one change it is good for: fails where somebody was faster. */
export const spendToken = (hash: string): Write => ({
  op: 'delete',
  key: keys.memberToken(hash),
  when: 'present',
});

/** A token that is good for this, with the context of its organization. */
export async function findToken(
  ctx: Context,
  token: string,
  purpose: MemberToken['purpose'],
): Promise<
  { readonly hash: string; readonly memberId: string; readonly own: Context } | undefined
> {
  const hash = sha256(token);
  const row = await ctx.table.get(keys.memberToken(hash));
  const found = row && MemberToken.parse(row);
  if (found?.purpose !== purpose) return undefined;
  if (Date.parse(found.expires_at) <= ctx.now().getTime()) return undefined;
  const { organization_id: tenantId, livemode, member_id: memberId } = found;
  return { hash, memberId, own: { ...ctx, tenantId, livemode } };
}
