import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

/** What a driver shows to be let charge: an RFID card, or the virtual tag of a session started over the API. */
export const Token = z.object({
  uid: z.string(),
  type: z.enum(['rfid', 'app', 'ad_hoc', 'emaid', 'autocharge', 'virtual']),
  status: z.enum(['active', 'blocked', 'expired', 'lost']).default('active'),
  valid_until: z.string().nullable().default(null),
  group_id: z.string().nullable().default(null),
  /** A virtual tag opens this session and no other. */
  session_id: z.string().nullable().default(null),
});
export type Token = z.infer<typeof Token>;

export type Verdict = 'accepted' | 'blocked' | 'expired' | 'unknown';

export interface Authorization {
  readonly verdict: Verdict;
  readonly token: Token | undefined;
}

export async function findToken(ctx: Context, uid: string): Promise<Token | undefined> {
  const item = await ctx.table.get(keys.token(ctx.tenantId, uid));
  return item && Token.parse(item);
}

/**
 * May this token charge? Case and surrounding blanks do not matter. A sandbox accepts what it does
 * not know; elsewhere an unknown token is refused, and what it charged is kept all the same.
 */
export async function authorize(ctx: Context, uid: string): Promise<Authorization> {
  const token = await findToken(ctx, uid);
  if (token) return { verdict: verdictOn(ctx, token), token };
  const { accept_unknown_tokens: accepts } = await getOrganization(ctx);
  return { verdict: accepts ? 'accepted' : 'unknown', token };
}

function verdictOn(ctx: Context, token: Token): Verdict {
  if (token.status === 'blocked' || token.status === 'lost') return 'blocked';
  const expired =
    token.valid_until !== null && Date.parse(token.valid_until) <= ctx.now().getTime();
  return expired || token.status === 'expired' ? 'expired' : 'accepted';
}
