import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import type { Table } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';

/** A credential of an organization's own software. Its secret is shown once and stored as a hash. */
export const ApiKey = z.object({
  id: z.string(),
  organization_id: z.string(),
  livemode: z.boolean(),
  name: z.string(),
  /** The secret's first characters, by which people recognise it. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  /** The sites it is restricted to; null for all. */
  site_ids: z.array(z.string()).min(1).nullable().default(null),
  created_at: z.string(),
  expires_at: z.string().nullable().default(null),
  revoked_at: z.string().nullable().default(null),
});
export type ApiKey = z.infer<typeof ApiKey>;

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly siteIds?: readonly string[];
  readonly expiresAt?: string;
}

/** A new key of the context's organization. `secret` is not to be had again. */
export async function mintApiKey(
  ctx: Context,
  { name, scopes, siteIds, expiresAt }: NewApiKey,
): Promise<{ key: ApiKey; secret: string }> {
  const secret = newApiKeySecret(ctx);
  const key = ApiKey.parse({
    id: ctx.newId('key'),
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    name,
    prefix: secret.slice(0, SHOWN),
    scopes,
    site_ids: siteIds ?? null,
    created_at: isoNow(ctx),
    expires_at: expiresAt ?? null,
  });
  await commit(ctx, {
    aggregate: { kind: 'api_key', id: key.id, version: 1 },
    writes: [{ op: 'put', when: 'absent', item: { ...keys.apiKey(sha256(secret)), ...key } }],
  });
  return { key, secret };
}

/** The key with this secret, unless it is revoked or has expired. What is no secret of ours costs no read. */
export async function findApiKey(
  table: Table,
  secret: string,
  now: Date,
): Promise<ApiKey | undefined> {
  if (!isWellFormed(secret)) return undefined;
  const item = await table.get(keys.apiKey(sha256(secret)));
  if (!item) return undefined;
  const key = ApiKey.parse(item);
  const expired = key.expires_at !== null && Date.parse(key.expires_at) <= now.getTime();
  return key.revoked_at !== null || expired ? undefined : key;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 32;
const CHECKSUM_CHARACTERS = 6;
const SHOWN = 'mk_test_'.length + 4;

/**
 * `mk_test_` or `mk_live_`, 190 random bits, and a checksum by which scanners and typing errors are
 * told from real secrets without asking the table.
 */
function newApiKeySecret(ctx: Pick<Context, 'livemode' | 'newSecret'>): string {
  const bytes = Buffer.from(ctx.newSecret(32), 'base64url');
  const random = base62(BigInt(`0x${bytes.toString('hex')}`), RANDOM_CHARACTERS);
  const body = `mk_${ctx.livemode ? 'live' : 'test'}_${random}`;
  return body + checksum(body);
}

function isWellFormed(secret: string): boolean {
  const [, body, sum] = /^(mk_(?:live|test)_\w{32})(\w{6})$/.exec(secret) ?? [];
  return body !== undefined && checksum(body) === sum;
}

const checksum = (body: string) => base62(BigInt(crc32(body)), CHECKSUM_CHARACTERS);

/** The last `length` digits of a number. */
function base62(value: bigint, length: number): string {
  let rest = value;
  let digits = '';
  for (let n = 0; n < length; n++) {
    digits = ALPHABET.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}
