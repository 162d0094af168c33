import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider';
import type { OwnClaims } from '#shared/oauth/access-token.ts';
import { kindOf } from '#shared/oauth/person.ts';
import { ourClient } from '#shared/oauth/provider-client.ts';

/** What of ours a new access token says. */
export function ownClaimsOf(
  { oidc }: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
): OwnClaims {
  const { organization_id, livemode, client_type, site_ids } = ourClient(Object(token.client));
  const grant_id = 'grantId' in token ? token.grantId : undefined;
  const { AuthorizationCode: code, RefreshToken: refresh } = oidc.entities;
  const auth_time = code?.authTime ?? refresh?.authTime;
  return {
    organization_id,
    livemode,
    kind: kindOf[client_type],
    ...(site_ids ? { site_ids } : {}),
    ...(grant_id === undefined ? {} : { grant_id }),
    ...(auth_time === undefined ? {} : { auth_time }),
  };
}
