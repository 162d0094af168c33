import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** What an event is made of besides the request itself. */
export interface RestCall {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly body: Buffer;
  /** The route's path, `/v1/chargers/{charger_id}`. */
  readonly resource: string;
  readonly params: Readonly<Record<string, string>>;
  /** What the authorizer said; undefined for routes that have none. */
  readonly authorizer: Readonly<Record<string, string>> | undefined;
  /** Proves to the functions that the request came this way. */
  readonly originSecret: string;
}

const STAGE = 'main';

/** A request as a REST API hands it to its function (Lambda proxy integration, payload version 1.0). */
export function restEvent(call: RestCall) {
  const { path, search, body, resource, params } = call;
  const multiValueQuery = groupBy([...search]);
  return {
    ...headersOf(call),
    resource,
    path,
    httpMethod: methodOf(call),
    queryStringParameters: search.size > 0 ? Object.fromEntries(search) : null,
    multiValueQueryStringParameters: search.size > 0 ? multiValueQuery : null,
    pathParameters: Object.keys(params).length > 0 ? params : null,
    stageVariables: null,
    requestContext: requestContext(call),
    body: body.length > 0 ? body.toString('utf8') : null,
    isBase64Encoded: false,
  };
}

const methodOf = ({ request }: RestCall): string => request.method ?? 'GET';

function requestContext(call: RestCall) {
  const { request, path, resource, authorizer } = call;
  const now = Date.now();
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName: request.headers.host ?? 'localhost',
    domainPrefix: 'local',
    extendedRequestId: randomUUID(),
    requestId: randomUUID(),
    protocol: 'HTTP/1.1',
    httpMethod: methodOf(call),
    path: `/${STAGE}${path}`,
    resourceId: resource,
    resourcePath: resource,
    stage: STAGE,
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    identity: {
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? null,
    },
    ...(authorizer ? { authorizer } : {}),
  };
}

/** What the edge sets itself: nobody may send it. */
const OF_THE_EDGE = /^(x-public-host|x-origin-verify|x-viewer-.*|cloudfront-.*)$/i;

/** What a gateway tells of the way a request came. */
export const forwarded = (
  { socket }: IncomingMessage,
  originSecret: string,
): Record<string, string> => ({
  'X-Forwarded-For': socket.remoteAddress ?? '127.0.0.1',
  'X-Forwarded-Proto': socket instanceof TLSSocket ? 'https' : 'http',
  'X-Forwarded-Port': String(socket.localPort ?? ''),
  // The edge is in this process too, and proves it like any other.
  'x-origin-verify': originSecret,
  'x-viewer-address': socket.remoteAddress ?? '127.0.0.1',
});

/** Names as the client spelled them. */
function headersOf({ request, originSecret }: RestCall) {
  const pairs: [string, string][] = Object.entries(forwarded(request, originSecret));
  for (let n = 0; n < request.rawHeaders.length; n += 2) {
    const name = request.rawHeaders[n] ?? '';
    if (OF_THE_EDGE.test(name)) continue;
    pairs.push([name, request.rawHeaders[n + 1] ?? '']);
  }
  return { headers: Object.fromEntries(pairs), multiValueHeaders: groupBy(pairs) };
}

function groupBy(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...groups].map(([name, all]) => [name, all.map(([, value]) => value)]),
  );
}

/** What the request authorizer is asked. */
export const authorizerEvent = (call: RestCall) => {
  const { body: _body, isBase64Encoded: _encoded, ...event } = restEvent(call);
  const method = event.httpMethod;
  return {
    ...event,
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:local:000000000000:local/${STAGE}/${method}${call.path}`,
  };
};
