import { type Context, isoNow } from '#shared/core/context.ts';
import { conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { type ApiKey, endOf, isOver } from '#shared/organizations/api-key.ts';
import { grantable } from '#shared/organizations/grantable.ts';
import { ifAnotherStays } from '#shared/organizations/last-admin-key.ts';
import { newApiKey, storeApiKey, type WantedKey } from '#shared/organizations/mint-api-key.ts';
import type { NewApiKey } from '#shared/organizations/new-api-key.ts';
import { allApiKeys, getApiKey } from '#shared/organizations/organization-keys.ts';
import { revocation } from '#shared/organizations/revoke-api-key.ts';

/** Each is read with the list of them, and with every revocation. */
const ACTIVE_AT_MOST = 200;
const DEFAULT_OVERLAP_S = 86_400;

interface CreatedApiKey {
  readonly key: ApiKey;
  readonly secret: string;
  /** Until when the key works that it replaces. */
  readonly replacedUntil: string | null;
}

/**
 * A new key of the caller's organization, which may no more than the caller. Throws validation_failed,
 * insufficient_scope, site_restricted, not_found, and conflict where there are too many or the key to be
 * replaced may not go.
 */
export async function createApiKey(ctx: Context, input: NewApiKey): Promise<CreatedApiKey> {
  return retrying(async () => {
    const replaced =
      input.replaces === undefined ? undefined : await getApiKey(ctx, input.replaces);
    if (replaced && isOver(replaced.key, ctx.now()))
      throw conflict('That key is over already: create one without `replaces`.');
    const wanted = await grantable(ctx, wantedKey(input, replaced?.key));
    await checkNumber(ctx);
    const minted = newApiKey(ctx, wanted);
    const until = plusSeconds(isoNow(ctx), input.overlap_seconds ?? DEFAULT_OVERLAP_S);
    const revoked = replaced && revocation(ctx, replaced, until);
    const stays = revoked ? await ifAnotherStays(ctx, replaced.key, minted.key) : [];
    await storeApiKey(
      ctx,
      minted,
      revoked && { ...revoked, writes: [...revoked.writes, ...stays] },
    );
    return { ...minted, replacedUntil: revoked ? endOf(revoked.after) : null };
  });
}

/** Left out, it is as that of the key it replaces; but for its end, which is never handed on. */
const wantedKey = (input: NewApiKey, replaced: ApiKey | undefined): WantedKey => ({
  name: input.name ?? replaced?.name ?? '',
  scopes: [...new Set(input.scopes ?? replaced?.scopes ?? [])],
  siteIds: input.site_ids === undefined ? replaced?.site_ids : unique(input.site_ids),
  ipAllowlist: input.ip_allowlist === undefined ? replaced?.ip_allowlist : input.ip_allowlist,
  expiresAt: input.expires_at ? new Date(input.expires_at).toISOString() : null,
  replaces: replaced?.id ?? null,
});

const unique = (ids: readonly string[] | null) => ids && [...new Set(ids)];

async function checkNumber(ctx: Context): Promise<void> {
  const active = (await allApiKeys(ctx)).filter(({ key }) => !isOver(key, ctx.now()));
  if (active.length >= ACTIVE_AT_MOST)
    throw conflict(`An organization has at most ${ACTIVE_AT_MOST} keys at a time.`);
}
