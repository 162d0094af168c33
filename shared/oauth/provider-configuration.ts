import type { AccessToken, Account, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Context } from '#shared/core/context.ts';
import { findPerson } from '#shared/oauth/find-person.ts';
import { errorPage } from '#shared/oauth/pages/end-pages.ts';
import { sendPage } from '#shared/oauth/pages/send-page.ts';
import { OWN_METADATA, ourClient } from '#shared/oauth/provider-client.ts';
import { featuresOf } from '#shared/oauth/provider-features.ts';
import { policy } from '#shared/oauth/provider-policy.ts';
import { SIGNING_ALGORITHM } from '#shared/oauth/signing-key.ts';
import { ownClaimsOf } from '#shared/oauth/token-claims.ts';
import { DEFAULT_TOKEN_S } from '#shared/oauth-clients/new-oauth-client.ts';

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** What the authorization server does, in the library's words. */
export const configurationOf = (ctx: Context): Configuration => ({
  routes: {
    authorization: '/oauth2/authorize',
    token: '/oauth2/token',
    revocation: '/oauth2/revoke',
    introspection: '/oauth2/introspect',
    jwks: '/oauth2/jwks',
    userinfo: '/oauth2/userinfo',
    end_session: '/oauth2/end-session',
  },
  features: featuresOf(ctx),
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
  responseTypes: ['code'],
  enabledJWA: { idTokenSigningAlgValues: [SIGNING_ALGORITHM] },
  pkce: { required: () => true },
  // What is compared is what was sent, each time.
  allowOmittingSingleRegisteredRedirectUri: false,
  rotateRefreshToken: () => true,
  issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
  // An app stays signed in when the browser's session ends.
  expiresWithSession: () => false,
  // Whoever takes back one token means all that came of the same consent.
  revokeGrantPolicy: () => true,
  ttl: {
    AccessToken: lifetimeOf,
    ClientCredentials: lifetimeOf,
    AuthorizationCode: MINUTE_S,
    IdToken: HOUR_S,
    RefreshToken: 30 * DAY_S,
    Interaction: 30 * MINUTE_S,
    Session: 8 * HOUR_S,
    Grant: 365 * DAY_S,
  },
  extraClientMetadata: { properties: OWN_METADATA },
  extraTokenClaims: (request, token) => ({ ...ownClaimsOf(request, token) }),
  clientBasedCORS: (_, origin, client) => ourClient(client).allowed_origins.includes(origin),
  interactions: { policy: policy(), url: (_, { uid }) => `/oauth2/interaction/${uid}` },
  findAccount: (request, sub) => accountOf(ctx, request, sub),
  renderError: (request, { error, error_description }) =>
    sendPage(request, errorPage(error, error_description)),
});

/** As its client has it. */
const lifetimeOf = (_: unknown, { resourceServer }: Pick<AccessToken, 'resourceServer'>): number =>
  resourceServer?.accessTokenTTL ?? DEFAULT_TOKEN_S;

/** Who signed in, as apps are told; undefined where it is nobody whom this client can be for. */
async function accountOf(
  ctx: Context,
  request: KoaContextWithOIDC,
  id: string,
): Promise<Account | undefined> {
  const { client } = request.oidc;
  const person = client && (await findPerson(ctx, ourClient(client), id));
  if (!person) return undefined;
  const { name, email, signedInFrom } = person;
  return {
    accountId: id,
    signedInFrom,
    claims: () => ({
      sub: id,
      ...(name ? { name } : {}),
      // Every address was proved by a letter or a code that was sent there.
      ...(email ? { email, email_verified: true } : {}),
    }),
  };
}
