import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { type Commit, commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { dueTask } from '#shared/events/task.ts';
import { type ApiKey, apiKeyPointer, endOf, forgottenAt } from '#shared/organizations/api-key.ts';
import { apiKeyView } from '#shared/organizations/api-key-view.ts';
import { ApiKeyRevoked } from '#shared/organizations/events.ts';
import { ifAnotherStays } from '#shared/organizations/last-admin-key.ts';
import { getApiKey, type StoredApiKey } from '#shared/organizations/organization-keys.ts';
import { CloseCredentialSockets } from '#shared/organizations/tasks.ts';

/**
 * Revokes a key, now or after `overlapSeconds`. One that ends sooner anyway is left as it is. Throws
 * not_found, etag_mismatch, conflict for the last key that can make keys.
 */
export async function revokeApiKey(
  ctx: Context,
  id: string,
  {
    overlapSeconds,
    ifMatch,
  }: { readonly overlapSeconds: number; readonly ifMatch?: number | undefined },
): Promise<ApiKey> {
  return retrying(async () => {
    const before = await getApiKey(ctx, id);
    if (ifMatch !== undefined && before.key.version !== ifMatch)
      throw new AppError('etag_mismatch', 'The key has changed since you read it.');
    const until = plusSeconds(isoNow(ctx), overlapSeconds);
    const end = endOf(before.key);
    if (end !== null && end <= until) return before.key;
    const { after, ...rest } = revocation(ctx, before, until);
    const stays = await ifAnotherStays(ctx, before.key);
    await commit(ctx, {
      ...rest,
      aggregate: { kind: 'api_key', id, version: after.version },
      writes: [...rest.writes, ...stays],
    });
    return after;
  });
}

/** The gateway may know the key for a minute more, and what was opened by then can be opened again for ten. */
const CLOSED_AGAIN_S = 900;

/** What changes when a key is revoked from `until` on. */
export function revocation(
  ctx: Context,
  { key: before, hash }: StoredApiKey,
  until: string,
): { readonly after: ApiKey } & Required<Pick<Commit, 'writes' | 'events' | 'tasks'>> {
  const revoked_at = before.revoked_at && before.revoked_at < until ? before.revoked_at : until;
  const after = { ...before, revoked_at, version: before.version + 1 };
  const { id, version } = after;
  const change = { id, version, object: apiKeyView(ctx, after) };
  const close = (at: string) => dueTask(ctx, CloseCredentialSockets, { credential_id: id }, at);
  return {
    after,
    writes: [
      {
        op: 'update',
        key: keys.apiKey(hash),
        set: { revoked_at, version, ttl: forgottenAt(after) },
        when: { id, version: before.version },
      },
      { op: 'put', item: apiKeyPointer(after, hash) },
    ],
    events: [
      eventOf(ctx, ApiKeyRevoked, { ...change, previous: { revoked_at: before.revoked_at } }),
    ],
    tasks: [close(revoked_at), close(plusSeconds(revoked_at, CLOSED_AGAIN_S))],
  };
}
