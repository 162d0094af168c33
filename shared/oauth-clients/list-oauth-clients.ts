import type { Context } from '#shared/core/context.ts';
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
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: OauthClient[]; total: number; cursor?: string }> {
  const matching = (await allOauthClients(ctx))
    .filter(({ id }) => !ids || ids.includes(id))
    .filter((client) => !type || client.type === type);
  const left = matching.filter((client) => cursor === undefined || placeOf(client) < cursor);
  const items = left.slice(0, limit);
  const last = left.length > limit ? items.at(-1) : undefined;
  return { items, total: matching.length, ...(last ? { cursor: placeOf(last) } : {}) };
}
