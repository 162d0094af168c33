import * as z from 'zod';
import { sha256 } from '#shared/core/ids.ts';
import type { Item, Table, Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { isApiKeySecret } from '#shared/organizations/api-key-secret.ts';

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
  /** The addresses it may be used from, CIDR; null for all. */
  ip_allowlist: z.array(z.string()).min(1).nullable().default(null),
  created_at: z.string(),
  /** The credential that made it; null for one that the deployment made. */
  created_by: z.string().nullable().default(null),
  /** The key it took the place of. */
  replaces: z.string().nullable().default(null),
  expires_at: z.string().nullable().default(null),
  /** From then on it is no key; may lie ahead. */
  revoked_at: z.string().nullable().default(null),
  /** To the hour. */
  last_used_at: z.string().nullable().default(null),
  /** The smallest number of days before its end that was told. */
  told_days: z.int().nullable().default(null),
  version: z.int().default(1),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** When it stops to be a key; null for never. */
export function endOf({ expires_at, revoked_at }: ApiKey): string | null {
  if (expires_at === null || revoked_at === null) return expires_at ?? revoked_at;
  return Date.parse(expires_at) < Date.parse(revoked_at) ? expires_at : revoked_at;
}

export function isOver(key: ApiKey, now: Date): boolean {
  const end = endOf(key);
  return end !== null && Date.parse(end) <= now.getTime();
}

/** The row of the key with this secret, whatever has become of it. What is no secret of ours costs no read. */
export async function findApiKeyRow(table: Table, secret: string): Promise<Item | undefined> {
  return isApiKeySecret(secret) ? table.get(keys.apiKey(sha256(secret))) : undefined;
}

/** The key with this secret, unless it is revoked or has expired. */
export async function findApiKey(
  table: Table,
  secret: string,
  now: Date,
): Promise<ApiKey | undefined> {
  const row = await findApiKeyRow(table, secret);
  const key = row && ApiKey.parse(row);
  return key && !isOver(key, now) ? key : undefined;
}

/** How long a key that is over is still listed. */
const REMEMBERED_DAYS = 90;

/** A new key's rows: by its secret's hash, and among those of its organization. */
export const newApiKeyRows = (key: ApiKey, hash: string): Write[] => [
  { op: 'put', when: 'absent', item: apiKeyItem(key, hash) },
  { op: 'put', when: 'absent', item: apiKeyPointer(key, hash) },
];

/** Without a moment of last use, which others write beside it. */
export const apiKeyItem = ({ last_used_at, ...key }: ApiKey, hash: string): Item => ({
  ...key,
  ...(last_used_at === null ? {} : { last_used_at }),
  ...keys.apiKey(hash),
  ...(key.expires_at === null ? {} : keys.apiKeyExpiring(key.expires_at, key.id)),
  ttl: forgottenAt({ ...key, last_used_at }),
});

export const apiKeyPointer = (key: ApiKey, hash: string): Item => ({
  ...keys.apiKeyOf(key.organization_id, key.id),
  hash,
  ttl: forgottenAt(key),
});

/** Undefined for a key without an end. */
export function forgottenAt(key: ApiKey): number | undefined {
  const end = endOf(key);
  if (end === null) return undefined;
  return Math.ceil(Date.parse(plusSeconds(end, REMEMBERED_DAYS * 86_400)) / 1000);
}
