import { callerId } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { type Commit, commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { ApiKey, newApiKeyRows } from '#shared/organizations/api-key.ts';
import { newApiKeySecret, prefixOf } from '#shared/organizations/api-key-secret.ts';
import { apiKeyView } from '#shared/organizations/api-key-view.ts';
import { ApiKeyCreated } from '#shared/organizations/events.ts';

/** What a new key is to be. Left out: for all sites, from all addresses, for ever. */
export interface WantedKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly siteIds?: readonly string[] | null | undefined;
  readonly ipAllowlist?: readonly string[] | null | undefined;
  readonly expiresAt?: string | null;
  readonly replaces?: string | null;
}

interface Minted {
  readonly key: ApiKey;
  readonly secret: string;
}

/** A new key of the context's organization. `secret` is not to be had again. */
export async function mintApiKey(ctx: Context, wanted: WantedKey): Promise<Minted> {
  const minted = newApiKey(ctx, wanted);
  await storeApiKey(ctx, minted);
  return minted;
}

/** A key that is not stored yet. */
export function newApiKey(ctx: Context, wanted: WantedKey): Minted {
  const secret = newApiKeySecret(ctx);
  const key = ApiKey.parse({
    id: ctx.newId('key'),
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    name: wanted.name,
    prefix: prefixOf(secret),
    scopes: wanted.scopes,
    site_ids: wanted.siteIds ?? null,
    ip_allowlist: wanted.ipAllowlist ?? null,
    created_at: isoNow(ctx),
    created_by: callerId(ctx),
    replaces: wanted.replaces ?? null,
    expires_at: wanted.expiresAt ?? null,
  });
  return { key, secret };
}

/** Stores a new key, and `also` what changes with it. Throws ConditionFailed where that may not be. */
export async function storeApiKey(
  ctx: Context,
  { key, secret }: Minted,
  also: Partial<Pick<Commit, 'writes' | 'events' | 'tasks'>> = {},
): Promise<void> {
  const { id, version } = key;
  const created = eventOf(ctx, ApiKeyCreated, { id, version, object: apiKeyView(ctx, key) });
  await commit(ctx, {
    aggregate: { kind: 'api_key', id, version },
    writes: [...newApiKeyRows(key, sha256(secret)), ...(also.writes ?? [])],
    events: [created, ...(also.events ?? [])],
    tasks: also.tasks ?? [],
  });
}
