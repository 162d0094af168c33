import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { type ApiKey, isOver } from '#shared/organizations/api-key.ts';

export const ApiKeyStatus = z.enum(['active', 'revoked', 'expired']).meta({
  id: 'ApiKeyStatus',
  description: '`active` also while it waits for the end that `revoked_at` names.',
});
export type ApiKeyStatus = z.infer<typeof ApiKeyStatus>;

/** A key as the API shows it: never its secret, nor the hash of it. */
export const ApiKeyView = z
  .object({
    id: z.string().meta({ example: 'key_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    name: z.string(),
    prefix: z.string().meta({
      description: "The secret's first characters, to recognise it by.",
      example: 'mk_live_4f7A',
    }),
    status: ApiKeyStatus,
    scopes: z.array(z.string()).meta({ description: 'What it may do; `*` is everything.' }),
    site_ids: z.array(z.string()).nullable().meta({
      description: 'The sites it is restricted to; null for all.',
    }),
    ip_allowlist: z.array(z.string()).nullable().meta({
      description: 'The addresses it may be used from (CIDR); null for all.',
    }),
    created_by: z.string().nullable().meta({
      description: 'The credential that made it; null for one made with the organization.',
    }),
    replaces: z.string().nullable().meta({ description: 'The key it took the place of.' }),
    expires_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable().meta({ description: 'May lie ahead.' }),
    last_used_at: z.iso.datetime().nullable().meta({ description: 'To the hour.' }),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'ApiKey', description: 'A credential of your own software.' });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

export function apiKeyView(ctx: Pick<Context, 'now'>, key: ApiKey): ApiKeyView {
  const { version, ...rest } = key;
  return ApiKeyView.parse({ ...rest, status: statusOf(key, ctx.now()), resource_version: version });
}

export function statusOf(key: ApiKey, now: Date): ApiKeyStatus {
  if (!isOver(key, now)) return 'active';
  const isRevoked = key.revoked_at !== null && Date.parse(key.revoked_at) <= now.getTime();
  return isRevoked ? 'revoked' : 'expired';
}
