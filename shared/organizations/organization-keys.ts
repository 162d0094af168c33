import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import { ApiKey } from '#shared/organizations/api-key.ts';

/** A key with the hash that its row lies under. */
export interface StoredApiKey {
  readonly key: ApiKey;
  readonly hash: string;
}

const Pointer = z.object({ hash: z.string() });

/** All keys of the organization, those too that are over and not forgotten yet; the newest first. */
export async function allApiKeys(ctx: Context): Promise<StoredApiKey[]> {
  const pointers = await readAll(ctx, keys.apiKeysOf(ctx.tenantId));
  const hashes = pointers.map((item) => Pointer.parse(item).hash);
  const rows = await ctx.table.batchGet(hashes.map((hash) => keys.apiKey(hash)));
  return rows
    .flatMap((row, n) => (row ? [{ key: ApiKey.parse(row), hash: hashes[n] ?? '' }] : []))
    .sort((a, b) => (placeOf(a.key) < placeOf(b.key) ? 1 : -1));
}

/** Where a key stands in the list. */
export const placeOf = ({ created_at, id }: ApiKey): string => `${created_at} ${id}`;

/** Throws not_found, for a key too that a restricted credential may not know of. */
export async function getApiKey(ctx: Context, id: string): Promise<StoredApiKey> {
  const pointer = await ctx.table.get(keys.apiKeyOf(ctx.tenantId, id));
  const hash = pointer && Pointer.parse(pointer).hash;
  const row = hash === undefined ? undefined : await ctx.table.get(keys.apiKey(hash));
  const key = row && ApiKey.parse(row);
  if (!key || hash === undefined || !mayManageKey(ctx, key)) throw notFound('API key');
  return { key, hash };
}

/** A credential restricted to sites manages only keys that reach no others. */
export function mayManageKey(ctx: Context, { site_ids }: ApiKey): boolean {
  if (!allowedSites(ctx)) return true;
  return site_ids?.every((id) => reachesSite(ctx, id)) ?? false;
}
