import type { Context } from '#shared/core/context.ts';
import { pageOf } from '#shared/core/page-of.ts';
import type { ApiKey } from '#shared/organizations/api-key.ts';
import { type ApiKeyStatus, statusOf } from '#shared/organizations/api-key-view.ts';
import { allApiKeys, mayManageKey, placeOf } from '#shared/organizations/organization-keys.ts';

export interface ApiKeyFilter {
  readonly ids?: readonly string[] | undefined;
  readonly status?: ApiKeyStatus | undefined;
}

/** The newest first. An organization has few, so each page reads them all. */
export async function listApiKeys(
  ctx: Context,
  { ids, status }: ApiKeyFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: ApiKey[]; total: number; cursor?: string }> {
  const matching = (await allApiKeys(ctx))
    .map(({ key }) => key)
    .filter((key) => mayManageKey(ctx, key))
    .filter((key) => !ids || ids.includes(key.id))
    .filter((key) => !status || statusOf(key, ctx.now()) === status);
  return pageOf(matching, placeOf, page);
}
