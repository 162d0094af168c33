import type { Adapter, AdapterPayload } from 'oidc-provider';
import { keys } from '#shared/db/keys.ts';
import { verifyAccessToken } from '#shared/oauth/identify-access-token.ts';
import type { AdapterWorld } from '#shared/oauth/table-adapter.ts';
import { LONGEST_TOKEN_S } from '#shared/oauth-clients/new-oauth-client.ts';

/**
 * Before a token that is asked about, or revoked: the library takes one that says by itself what it is
 * (RFC 9068) for none that it could have stored, and would not look for it.
 */
export const ASKED_ABOUT = 'asked.';

/**
 * Access tokens say by themselves what they are, so none is stored: finding one is reading it, and asking
 * whether it is still good; revoking one is remembering that, until it would have been over.
 */
export class TokenAdapter implements Adapter {
  readonly #world: AdapterWorld;
  readonly #isService: boolean;

  constructor(world: AdapterWorld, model: 'AccessToken' | 'ClientCredentials') {
    this.#world = world;
    this.#isService = model === 'ClientCredentials';
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const isAsked = id.startsWith(ASKED_ABOUT);
    const token = isAsked ? id.slice(ASKED_ABOUT.length) : id;
    const { issuer } = this.#world;
    const verified = await verifyAccessToken(this.#world, issuer, token);
    if (!verified || (verified.claims.kind === 'oauth_client') !== this.#isService)
      return undefined;
    const { claims, identified } = verified;
    const { jti, iat, exp, sub, client_id: clientId, grant_id: grantId } = claims;
    // What was granted of OpenID is no scope of ours, and stays.
    const openid = claims.scope.split(' ').filter((scope) => OPENID.has(scope));
    return {
      ...(this.#isService
        ? { kind: 'ClientCredentials' }
        : { kind: 'AccessToken', accountId: sub, grantId }),
      jti,
      iat,
      exp,
      clientId,
      scope: [...openid, ...identified.caller.scopes].join(' '),
      // Who holds a token may ask about its person with it; whoever else asks is told whom it is for.
      ...(isAsked ? { aud: issuer, extra: told(claims) } : {}),
    };
  }

  async destroy(jti: string): Promise<void> {
    const ttl = Math.floor(this.#world.now().getTime() / 1000) + LONGEST_TOKEN_S;
    await this.#world.table.write([{ op: 'put', item: { ...keys.revokedToken(jti), ttl } }]);
  }

  async revokeByGrantId(): Promise<void> {}
  async upsert(): Promise<void> {}
  async consume(): Promise<void> {}
  async findByUid(): Promise<undefined> {
    return undefined;
  }
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }
}

/** Scopes that are about who somebody is, and not about what may be done. */
export const OPENID: ReadonlySet<string> = new Set([
  'openid',
  'offline_access',
  'profile',
  'email',
]);

type Claims = NonNullable<Awaited<ReturnType<typeof verifyAccessToken>>>['claims'];

/** What a resource server is told besides what every token has. */
const told = ({ organization_id, livemode, kind, site_ids, sub }: Claims) => ({
  organization_id,
  livemode,
  kind,
  sub,
  ...(site_ids ? { site_ids } : {}),
});
