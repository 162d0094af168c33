import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { cameThroughEdge } from '#shared/aws/came-through-edge.ts';
import { headersOf } from '#shared/aws/gateway-request.ts';
import { runtimeAt } from '#shared/aws/public-urls.ts';
import { type Runtime, runtime } from '#shared/aws/runtime.ts';
import type { Identified } from '#shared/core/caller.ts';

/** Finds the credential a bearer secret belongs to, if it may be used from this address. */
export type Identify = (
  from: Pick<Runtime, 'table' | 'now' | 'log' | 'urls'>,
  secret: string,
  address: string | undefined,
) => Promise<Identified | undefined>;

/**
 * The REST API's request authorizer. It says who calls and refuses nobody but those who went round
 * the edge: an unknown credential is let through as nobody, so that every refusal is one of our own
 * problem documents, with a request id. Endpoints do the refusing.
 *
 * The answer holds for the whole API at this host and this client's address, so API Gateway may keep it, by
 * `Authorization`, `x-origin-verify`, `x-viewer-address` and `x-public-host` together; a revoked key works on for as long
 * as that.
 */
export const serveRequestAuthorizer =
  (identify: Identify) =>
  async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const from = runtime();
    const headers = headersOf(event);
    if (!(await cameThroughEdge(headers, from))) return policy('Deny', event.methodArn, 'nobody');
    const [, secret] = /^Bearer +(\S+)$/i.exec(headers['authorization']?.trim() ?? '') ?? [];
    const hasEdge = (await from.originSecret()) !== undefined;
    // Without an edge, whoever opened the connection.
    const address = hasEdge ? headers[VIEWER_ADDRESS] : event.requestContext?.identity?.sourceIp;
    const known =
      secret === undefined ? undefined : await identify(runtimeAt(headers, from), secret, address);
    return {
      ...policy('Allow', event.methodArn, known?.caller.id ?? 'nobody'),
      context: known ? { ...contextOf(known), ...(hasEdge ? { address } : {}) } : NOBODY,
    };
  };

/** What the functions behind are told, as `callerOf` reads it. API Gateway hands on strings. */
const contextOf = ({ organizationId, livemode, caller }: Identified) => ({
  organization_id: organizationId,
  livemode: String(livemode),
  credential_type: caller.kind,
  credential_id: caller.id,
  client_id: caller.clientId ?? '',
  scopes: caller.scopes.join(' '),
  site_ids: caller.siteIds?.join(',') ?? '',
  origins: caller.origins?.join(' ') ?? '',
});
const NOBODY = { organization_id: '', credential_id: '' };

/** The header is the edge's own: it takes the place of what a client sends. */
const VIEWER_ADDRESS = 'x-viewer-address';

/** `arn:…:execute-api:…:api/stage/GET/v1/…` becomes every method and path of that stage. */
function policy(Effect: 'Allow' | 'Deny', methodArn: string, principalId: string) {
  const stage = methodArn.split('/').slice(0, 2).join('/');
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${stage}/*` }],
    },
  };
}
