import { encodeTime } from 'ulid';
import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { Verdict } from '#shared/tokens/verdict.ts';

/** A token was shown, and answered. */
export const AuthorizationView = z
  .object({
    id: z.string().meta({ example: 'aut_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    at: z.iso.datetime(),
    result: z.enum(['accepted', 'rejected']),
    reason: Verdict,
    uid: z.string().meta({ example: '04A2B3C4D5E680' }),
    token_id: z.string().nullable().meta({ description: 'null: no token of yours.' }),
    token_type: z.string().nullable(),
    driver_id: z.string().nullable().default(null),
    purpose: z.enum(['present', 'start']).meta({
      description: '`present`: held to the reader. `start`: a transaction began with it.',
    }),
    charger_id: z.string(),
    connector: z.int().nullable(),
    site_id: z.string().nullable(),
    session_id: z.string().nullable(),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Authorization', description: 'A token was shown to a charger, and answered.' });
export type AuthorizationView = z.infer<typeof AuthorizationView>;

export async function findAuthorization(
  ctx: Context,
  id: string,
): Promise<AuthorizationView | undefined> {
  const item = await ctx.table.get(keys.authorization(ctx.tenantId, id));
  return item && AuthorizationView.parse(item);
}

export const PREFIX = 'aut';
const TIME_CHARACTERS = 10;

/** The lowest id of this instant: every authorization of it or later sorts after. */
export const lowestIdAt = (at: string): string =>
  `${PREFIX}_${encodeTime(Math.max(0, Date.parse(at)), TIME_CHARACTERS)}`;
