import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { isPast, newClientSecret, storedSecret } from '#shared/oauth-clients/client-secret.ts';
import { checkShape, type WithSecret } from '#shared/oauth-clients/create-oauth-client.ts';
import type { OauthClientPatch } from '#shared/oauth-clients/new-oauth-client.ts';
import {
  checkVersion,
  getOauthClient,
  type OauthClient,
  oauthClientItem,
} from '#shared/oauth-clients/oauth-client.ts';
import { originWrites } from '#shared/oauth-clients/origins.ts';
import { grantable } from '#shared/organizations/grantable.ts';

/**
 * Changes a client, which may no more than whoever changes it: else its codes could be had sent elsewhere
 * by somebody who may less. Throws not_found, etag_mismatch, validation_failed, insufficient_scope,
 * site_restricted.
 */
export async function updateOauthClient(
  ctx: Context,
  id: string,
  patch: OauthClientPatch,
  ifMatch?: number,
): Promise<OauthClient> {
  return retrying(async () => {
    const before = await getOauthClient(ctx, id);
    checkVersion(before, ifMatch);
    const wanted = applyPatch(before, patch);
    checkShape(wanted);
    await checkGrantable(ctx, wanted);
    const { scopes, site_ids } = wanted;
    const unique = { scopes: [...new Set(scopes)], site_ids: site_ids && [...new Set(site_ids)] };
    return store(ctx, before, { ...wanted, ...unique });
  });
}

export interface RotatedSecret extends WithSecret {
  /** Until when the secret works that was replaced. */
  readonly previousUntil: string | null;
}

/**
 * A new secret; the one before works on for `overlapSeconds`. Whoever has it may what the client may, so
 * it is given to nobody who may less. Throws not_found, conflict for a client without a secret,
 * insufficient_scope, site_restricted.
 */
export async function rotateOauthClientSecret(
  ctx: Context,
  id: string,
  overlapSeconds: number,
): Promise<RotatedSecret> {
  const secret = newClientSecret(ctx);
  return retrying(async () => {
    const before = await getOauthClient(ctx, id);
    if (!before.confidential) throw conflict('A public client has no secret.');
    await checkGrantable(ctx, before);
    const at = isoNow(ctx);
    const until = plusSeconds(at, overlapSeconds);
    const kept = before.secrets
      .filter(({ expires_at }) => !isPast(expires_at, ctx.now()))
      .map((old) => ({ ...old, expires_at: earlier(old.expires_at, until) }));
    const client = await store(ctx, before, {
      ...before,
      secrets: [storedSecret(secret, at), ...kept],
    });
    return { client, secret, previousUntil: kept[0]?.expires_at ?? null };
  });
}

const earlier = (a: string | null, b: string): string => (a !== null && a < b ? a : b);

const checkGrantable = (ctx: Context, { name, scopes, site_ids }: OauthClient) =>
  grantable(ctx, { name, scopes, siteIds: site_ids });

async function store(ctx: Context, before: OauthClient, wanted: OauthClient): Promise<OauthClient> {
  const after = { ...wanted, updated_at: isoNow(ctx), version: before.version + 1 };
  await commit(ctx, {
    aggregate: { kind: 'oauth_client', id: after.id, version: after.version },
    writes: [
      { op: 'put', item: oauthClientItem(after), when: { version: before.version } },
      // A deleted client does not come back.
      { op: 'check', key: keys.oauthClientOf(ctx.tenantId, after.id), when: 'present' },
      ...originWrites(before, after),
    ],
  });
  return after;
}
