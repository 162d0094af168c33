import type { Identified } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { looksLikeToken } from '#shared/oauth/access-token.ts';
import { verifyAccessToken } from '#shared/oauth/identify-access-token.ts';
import { identifyApiKey } from '#shared/organizations/identify-api-key.ts';

type World = Pick<Context, 'table' | 'now' | 'log' | 'urls'>;

/** Who is behind a bearer credential, be it an API key or an access token of this host. */
export async function identifyBearer(
  from: World,
  secret: string,
  address: string | undefined,
): Promise<Identified | undefined> {
  if (!looksLikeToken(secret)) return identifyApiKey(from, secret, address);
  return (await verifyAccessToken(from, from.urls.api, secret))?.identified;
}
