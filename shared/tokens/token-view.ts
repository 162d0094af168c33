import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { isPast, type Token, TokenStatus, TokenType } from '#shared/tokens/token.ts';

/** A token as the API shows it. */
export const TokenView = z
  .object({
    id: z.string().meta({ example: 'tok_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    uid: z.string().meta({ example: '04A2B3C4D5E680' }),
    type: TokenType,
    status: TokenStatus,
    valid_until: z.iso.datetime().nullable(),
    group_id: z.string().nullable(),
    labels: z.array(z.string()),
    contract_id: z.string().nullable(),
    driver_id: z.string().nullable(),
    name: z.string().nullable(),
    visual_number: z.string().nullable(),
    roaming_allowed: z.boolean(),
    max_concurrent_sessions: z.int().nullable(),
    issuer: z.string().meta({ description: '`own`, or the roaming partner whose token it is.' }),
    last_used_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When it was last accepted, to the hour.' }),
    last_used_charger_id: z.string().nullable(),
    external_ref: z.string().nullable(),
    metadata: Metadata,
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Token', description: 'What a driver shows to be let charge.' });
export type TokenView = z.infer<typeof TokenView>;

/** One whose time is over shows as expired, though nobody wrote that. */
export const tokenView = (ctx: Context, { version, ...token }: Token): TokenView =>
  TokenView.parse({
    ...token,
    status: token.status === 'active' && isPast(ctx, token) ? 'expired' : token.status,
    livemode: ctx.livemode,
    resource_version: version,
  });
