import type { Context } from '#shared/core/context.ts';
import { pageOf } from '#shared/core/page-of.ts';
import {
  allOauthClients,
  type OauthClient,
  type OauthClientType,
  placeOf,
} from '#shared/oauth-clients/oauth-client.ts';

export interface OauthClientFilter {
  readonly ids?: readonly string[] | undefined;
  readonly type?: OauthClientType | undefined;
}

/** The newest first. An organization has few, so each page reads them all. */
export async function listOauthClients(
  ctx: Context,
  { ids, type }: OauthClientFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: OauthClient[]; total: number; cursor?: string }> {
  const matching = (await allOauthClients(ctx))
    .filter(({ id }) => !ids || ids.includes(id))
    .filter((client) => !type || client.type === type);
  return pageOf(matching, placeOf, page);
}
