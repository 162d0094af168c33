import { AppError, type ErrorCode } from '#shared/core/errors.ts';
import { BEARER, OTHER_BEARER } from '#shared/http/authorize.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { problemOf } from '#shared/http/problem.ts';

export interface DefinitionProps {
  readonly title: string;
  readonly endpoints: readonly Endpoint[];
  /** The gateway's way to the function that answers this operationId. */
  readonly integrationFor: (operationId: string) => object;
  /** The gateway's way to the authorization server, which knows its own paths and methods. */
  readonly oauth: object;
  /** Answers unknown paths, and known ones asked with a method they do not have. */
  readonly unknownPath: object;
  readonly authorizer: {
    readonly uri: string;
    readonly credentials: string;
    /** Headers without which nobody is asked: 401 at once, and the key of the cached answer. */
    readonly headers: readonly string[];
    readonly cacheSeconds: number;
  };
}

type PathItem = Record<string, object>;

/**
 * What API Gateway imports: routes, authorizer, integrations, refusals. It takes OpenAPI 3.0.1 only;
 * schemas and documents are in openapi.yaml, and validation is done by the functions.
 */
export function apiDefinition(props: DefinitionProps): object {
  const paths: Record<string, PathItem> = {
    '/': { [ANY_METHOD]: operation({}, props.unknownPath) },
    '/{proxy+}': { [ANY_METHOD]: operation({}, props.unknownPath) },
    '/oauth2/{proxy+}': { [ANY_METHOD]: operation({}, props.oauth) },
    '/.well-known/{proxy+}': { [ANY_METHOD]: operation({}, props.oauth) },
  };
  for (const endpoint of props.endpoints) {
    const [method = '', path = ''] = endpoint.route.split(' ');
    const item = paths[path] ?? { [ANY_METHOD]: operation({}, props.unknownPath) };
    paths[path] = item;
    item[method.toLowerCase()] = operation(
      {
        operationId: endpoint.id,
        ...(endpoint.scope === 'public' ? {} : { security: [{ [AUTHORIZER]: [] }] }),
      },
      props.integrationFor(endpoint.id),
    );
  }
  return {
    openapi: '3.0.1',
    info: { title: props.title, version: '1' },
    paths,
    components: { securitySchemes: { [AUTHORIZER]: authorizer(props.authorizer) } },
    'x-amazon-apigateway-gateway-responses': gatewayResponses,
  };
}

const AUTHORIZER = 'credential';
const ANY_METHOD = 'x-amazon-apigateway-any-method';

const operation = (fields: object, integration: object) => ({
  ...fields,
  responses: { default: { description: 'See openapi.yaml' } },
  'x-amazon-apigateway-integration': integration,
});

const authorizer = (props: DefinitionProps['authorizer']) => ({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'custom',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    authorizerUri: props.uri,
    authorizerCredentials: props.credentials,
    identitySource: props.headers.map((name) => `method.request.header.${name}`).join(', '),
    authorizerResultTtlInSeconds: props.cacheSeconds,
  },
});

/** The gateway's own refusals as problem documents (RFC 9457), like all the others. */
const refusals: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  UNAUTHORIZED: ['unauthenticated', 'Send an API key: Authorization: Bearer mk_…'],
  ACCESS_DENIED: ['unauthenticated', 'This credential is not valid.'],
  MISSING_AUTHENTICATION_TOKEN: ['not_found', 'There is nothing at this path.'],
  THROTTLED: ['rate_limited', 'Too many requests at this moment.'],
  QUOTA_EXCEEDED: ['rate_limited', 'Too many requests.'],
  REQUEST_TOO_LARGE: ['payload_too_large', 'The body is too large.'],
  UNSUPPORTED_MEDIA_TYPE: ['unsupported_media_type', 'Send JSON.'],
  INTEGRATION_TIMEOUT: ['service_unavailable', 'There was no answer in time.'],
  INTEGRATION_FAILURE: ['service_unavailable', 'There was no answer.'],
  DEFAULT_4XX: ['invalid_request', 'The request was not understood.'],
  DEFAULT_5XX: ['internal_error', 'Something failed on our side.'],
};

/** What a caller is told to send (RFC 9110 11.6.1). */
const challenges: Readonly<Record<string, string>> = {
  UNAUTHORIZED: BEARER,
  ACCESS_DENIED: OTHER_BEARER,
};

const gatewayResponses = Object.fromEntries(
  Object.entries(refusals).map(([type, [code, detail]]) => {
    const occurrence = { instance: '$context.path', requestId: '$context.requestId' };
    const problem = problemOf(new AppError(code, detail), occurrence);
    return [
      type,
      {
        statusCode: problem.status,
        responseParameters: {
          'gatewayresponse.header.Content-Type': "'application/problem+json'",
          'gatewayresponse.header.X-Request-Id': 'context.requestId',
          'gatewayresponse.header.Cache-Control': "'no-store'",
          ...(challenges[type]
            ? { 'gatewayresponse.header.WWW-Authenticate': `'${challenges[type]}'` }
            : {}),
        },
        responseTemplates: { 'application/json': JSON.stringify(problem) },
      },
    ];
  }),
);
