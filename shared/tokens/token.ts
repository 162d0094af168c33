import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { canonicalEmaid } from '#shared/core/emaid.ts';
import { notFound } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';

export const TokenType = z.enum(['rfid', 'app', 'ad_hoc', 'emaid', 'autocharge']).meta({
  id: 'TokenType',
  description: '`emaid`: Plug & Charge. `autocharge`: the MAC address of a vehicle.',
});

export const TokenStatus = z
  .enum(['active', 'blocked', 'expired', 'lost'])
  .meta({ id: 'TokenStatus' });

/** Whose token it is: the organization's, or that of the roaming partner of this id. */
export const OWN = 'own';

/**
 * What a driver shows to be let charge, as it lies in its row, which is found by uid. The virtual tag of
 * a session that was started over the API is one too, without an id: it is in no list.
 */
export const Token = z.object({
  id: z.string().nullable().default(null),
  uid: z.string(),
  type: z.enum([...TokenType.options, 'virtual']),
  status: TokenStatus.default('active'),
  valid_until: z.string().nullable().default(null),
  group_id: z.string().nullable().default(null),
  labels: z.array(z.string()).default([]),
  contract_id: z.string().nullable().default(null),
  driver_id: z.string().nullable().default(null),
  name: z.string().nullable().default(null),
  visual_number: z.string().nullable().default(null),
  roaming_allowed: z.boolean().default(false),
  max_concurrent_sessions: z.int().nullable().default(null),
  issuer: z.string().default(OWN),
  /** Of a partner's token: whether it may charge without asking the partner (OCPI 2.2.1 §12.4.5). */
  whitelist: z.enum(['always', 'allowed', 'allowed_offline', 'never']).default('always'),
  /** A virtual tag opens this session and no other. */
  session_id: z.string().nullable().default(null),
  external_ref: z.string().nullable().default(null),
  metadata: Metadata.default({}),
  /** Written at most once an hour and charger. */
  last_used_at: z.string().nullable().default(null),
  last_used_charger_id: z.string().nullable().default(null),
  created_at: z.string().default(''),
  updated_at: z.string().default(''),
  version: z.int().default(1),
});
export type Token = z.infer<typeof Token>;

/** No charger of any version sends a longer one that could be stored here. */
const LONGEST_UID = 255;

export async function findToken(ctx: Context, uid: string): Promise<Token | undefined> {
  if (uid.length > LONGEST_UID) return undefined;
  return (await tokenWith(ctx, uid)) ?? findContractToken(ctx, uid);
}

async function tokenWith(ctx: Context, uid: string): Promise<Token | undefined> {
  const item = await ctx.table.get(keys.token(ctx.tenantId, uid));
  return item && Token.parse(item);
}

/** Cars and chargers spell the eMAID of a contract in several ways; it is stored in one. */
async function findContractToken(ctx: Context, uid: string): Promise<Token | undefined> {
  const emaid = canonicalEmaid(uid);
  if (emaid === undefined || emaid === uid) return undefined;
  const token = await tokenWith(ctx, emaid);
  return token?.type === 'emaid' ? token : undefined;
}

/**
 * The token of this id. A credential restricted to sites sees none: a token opens chargers everywhere.
 * A driver sees the own ones.
 * Throws not_found.
 */
export async function getToken(ctx: Context, id: string): Promise<Token> {
  const token = allowedSites(ctx) ? undefined : await findTokenById(ctx, id);
  if (!token || !reachesDriver(ctx, token.driver_id)) throw notFound('Token');
  return token;
}

export async function findTokenById(ctx: Context, id: string): Promise<Token | undefined> {
  const pointer = await ctx.table.get(keys.tokenId(ctx.tenantId, id));
  const token = pointer && (await findToken(ctx, String(pointer['uid'])));
  return token?.id === id ? token : undefined;
}

/** A token with its keys and list indexes. */
export const tokenItem = (ctx: Context, token: Token & { readonly id: string }) => ({
  ...token,
  ...keys.token(ctx.tenantId, token.uid),
  ...keys.tokens(ctx.tenantId, token.id),
  ...(token.driver_id
    ? keys.tokensOfDriver(ctx.tenantId, token.driver_id, token.id)
    : { gsi2pk: undefined, gsi2sk: undefined }),
});

/** Whether the time of a token is over. */
export const isPast = (ctx: Pick<Context, 'now'>, { valid_until }: Pick<Token, 'valid_until'>) =>
  valid_until !== null && Date.parse(valid_until) <= ctx.now().getTime();
