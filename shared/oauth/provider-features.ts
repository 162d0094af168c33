import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Context } from '#shared/core/context.ts';
import { signedOutPage, signOutPage } from '#shared/oauth/pages/end-pages.ts';
import { sendPage } from '#shared/oauth/pages/send-page.ts';
import { ourClient } from '#shared/oauth/provider-client.ts';
import { SIGNING_ALGORITHM } from '#shared/oauth/signing-key.ts';
import { OPENID } from '#shared/oauth/token-adapter.ts';

type Features = NonNullable<Configuration['features']>;

/** What the library can do that we do, and what of its own accord it would do besides. */
export function featuresOf(ctx: Context): Features {
  const api = ctx.urls.api;
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: (_, client, token) => mayAsk(client, token) },
    revocation: {
      enabled: true,
      allowedPolicy: (_, client, token) => token.clientId === client.clientId,
    },
    userinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (request, form) => {
        endWithSession(request);
        sendPage(request, signOutPage(form), request.oidc.params?.['post_logout_redirect_uri']);
      },
      postLogoutSuccessSource: (request) => sendPage(request, signedOutPage()),
    },
    // Every token is for the API of its host, which is the one thing there is to have one for.
    resourceIndicators: {
      enabled: true,
      defaultResource: () => api,
      useGrantedResource: () => true,
      getResourceServerInfo: (request, resource, client) => {
        if (resource !== api) throw new errors.InvalidTarget();
        const { api_scopes, access_token_seconds } = ourClient(client);
        askedOf(request, api_scopes);
        return {
          audience: api,
          scope: [...OPENID, ...api_scopes].join(' '),
          accessTokenTTL: access_token_seconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: SIGNING_ALGORITHM } },
        };
      },
    },
  };
}

/**
 * Who names no scope has all that the client has; who names one that it lacks is told so, where the library
 * would leave it out. A token that is renewed may have had more than there is now.
 */
function askedOf({ oidc }: KoaContextWithOIDC, allowed: readonly string[]): void {
  const { params } = oidc;
  if (!params || params['grant_type'] === 'refresh_token') return;
  if (params['scope'] === undefined && params['grant_type'] === 'client_credentials')
    params['scope'] = allowed.join(' ');
  const asked = String(params['scope'] ?? '').split(' ');
  const lacking = asked.find((scope) => scope && !OPENID.has(scope) && !allowed.includes(scope));
  if (lacking !== undefined)
    throw new errors.InvalidScope('requested scope is not allowed', lacking);
}

/**
 * Apps outlive the session they were let in by, but not that somebody signs out: the library would leave
 * those alone that may outlive it.
 */
function endWithSession({ oidc: { session } }: KoaContextWithOIDC): void {
  if (!session?.authorizations) return;
  session.authorizations = Object.fromEntries(
    Object.entries(session.authorizations).map(([id, authorization]) => [
      id,
      { ...authorization, persistsLogout: false },
    ]),
  );
}

/** A client may ask about its own tokens, and one with a secret about those of its organization. */
function mayAsk(
  client: Client,
  token: { readonly clientId?: string | undefined; readonly extra?: unknown },
): boolean {
  if (token.clientId === client.clientId) return true;
  const organization = Reflect.get(Object(token.extra), 'organization_id');
  return client.clientAuthMethod !== 'none' && organization === ourClient(client).organization_id;
}
