import type { Identified } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { hasScope } from '#shared/core/scopes.ts';
import type { Item, Key } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { type AccessTokenClaims, readAccessToken } from '#shared/oauth/access-token.ts';
import { artefactHash } from '#shared/oauth/artefact-hash.ts';
import { isSignedIn, kindOf, type Person, personKey, readPerson } from '#shared/oauth/person.ts';
import { OauthClient } from '#shared/oauth-clients/oauth-client.ts';

type World = Pick<Context, 'table' | 'now'>;

/** Who is behind an access token, as far as that is still so. */
export interface Verified {
  readonly claims: AccessTokenClaims;
  readonly identified: Identified;
}

/**
 * The caller that a token stands for. It may what was granted, as far as its client and its person may that
 * at this moment: a client that is gone, a grant taken back, a person removed, and it is no token any more.
 */
export async function verifyAccessToken(
  from: World,
  issuer: string,
  token: string,
): Promise<Verified | undefined> {
  const claims = await readAccessToken(from, issuer, token);
  if (!claims) return undefined;
  const { client, person, isRevoked } = await standingOf(from, issuer, claims);
  if (!client || isRevoked || !isOf(client, claims)) return undefined;
  if (claims.kind !== 'oauth_client' && !(person && isSignedIn(person, claims.auth_time)))
    return undefined;
  const identified = callerOf(claims, client, person);
  return identified && { claims, identified };
}

interface Standing {
  readonly client: OauthClient | undefined;
  readonly person: Person | undefined;
  readonly isRevoked: boolean;
}

/** Everything a token is held against, in one read. */
async function standingOf(
  { table }: World,
  issuer: string,
  { client_id, jti, grant_id, kind, sub, organization_id }: AccessTokenClaims,
): Promise<Standing> {
  const grantKey = keys.oauthArtefact('Grant', artefactHash(issuer, grant_id ?? ''));
  const whose = personKey(kind, organization_id, sub);
  const wanted: Key[] = [keys.oauthClient(client_id), keys.revokedToken(jti)];
  const [client, revoked, grant, person] = await table.batchGet([
    ...wanted,
    ...(whose ? [grantKey, whose] : []),
  ]);
  return {
    client: client && OauthClient.parse(client),
    person: readPerson(kind, person),
    isRevoked: isThere(revoked) || (kind !== 'oauth_client' && !isThere(grant)),
  };
}
const isThere = (row: Item | undefined) => row !== undefined;

const isOf = (client: OauthClient, claims: AccessTokenClaims): boolean =>
  client.organization_id === claims.organization_id &&
  client.livemode === claims.livemode &&
  kindOf[client.type] === claims.kind;

function callerOf(
  claims: AccessTokenClaims,
  client: OauthClient,
  person: Person | undefined,
): Identified | undefined {
  const { kind, sub, organization_id: organizationId, livemode } = claims;
  const siteIds = sitesOfAll(claims.site_ids, client.site_ids, person?.siteIds);
  // No site is not the same as all of them.
  if (siteIds?.length === 0) return undefined;
  const scopes = claims.scope
    .split(' ')
    .filter((scope) => client.scopes.includes(scope))
    .filter((scope) => !person || hasScope(person.scopes, scope));
  return {
    organizationId,
    livemode,
    caller: {
      kind,
      id: sub,
      scopes,
      ...(siteIds ? { siteIds } : {}),
      ...(client.allowed_origins.length > 0 ? { origins: client.allowed_origins } : {}),
      ...(kind === 'oauth_client' ? {} : { clientId: client.id }),
    },
  };
}

/** Those that all of the restrictions let reach; undefined where there is none. */
function sitesOfAll(
  ...restrictions: readonly (readonly string[] | null | undefined)[]
): readonly string[] | undefined {
  const given = restrictions.filter((sites) => sites != null);
  return given[0]?.filter((site) => given.every((sites) => sites.includes(site)));
}
