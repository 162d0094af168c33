import type { ErrorCode } from '#shared/core/errors.ts';
import { scopes } from '#shared/core/scopes.ts';
import { API_VERSION } from '#shared/events/envelope.ts';
import type { Json } from '#shared/http/openapi/tidy-schema.ts';
import { problems } from '#shared/http/problem.ts';
import { policies, WINDOW_SECONDS } from '#shared/http/rate-limit.ts';
import { apiVersions } from '#shared/http/versions.ts';

const text = { type: 'string' };
const number = { type: 'integer' };

/** Request headers that many operations take. */
export const headerParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A value of your own, new for every operation you mean. A repeat within 24 hours gets the first answer again, with `Idempotency-Replayed: true`, and does nothing.',
    schema: { ...text, minLength: 1, maxLength: 255, pattern: '^[ -~]*$' },
    example: '5f0c9a52-7d1c-4c39-8f65-1d0c4cf1f7a1',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` you read. The change is refused with 412 if there is a newer one.',
    schema: text,
    example: '"17"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` you have. 304 without a body if it is still the newest.',
    schema: text,
    example: '"17"',
  },
  PreferWait: {
    name: 'Prefer',
    in: 'header',
    required: false,
    description:
      '`wait=N`, 1 to 20 seconds: the answer waits for the end of the command, 200 instead of 202.',
    schema: text,
    example: 'wait=20',
  },
  CorrelationId: {
    name: 'X-Correlation-Id',
    in: 'header',
    required: false,
    description:
      'Your own id of the matter: it is sent back, logged, and told in events. One that is not 1 to 128 printable ASCII characters without spaces is left out.',
    schema: text,
    example: 'order-8841',
  },
  MagmaVersion: {
    name: 'Magma-Version',
    in: 'header',
    required: false,
    description: 'The dated version of the API to answer as; see `GET /v1/versions`.',
    schema: { ...text, enum: apiVersions.map(({ version }) => version) },
    example: API_VERSION,
  },
} satisfies Record<string, Json>;

const header = (description: string, schema: Json, example: unknown): Json => ({
  description,
  schema,
  example,
});

/** Response headers. */
export const responseHeaders = {
  RequestId: header(
    'Names this request; tell it to support.',
    text,
    'req_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  ),
  RateLimitPolicy: header(
    "The quotas the request took from: `default` is the credential's, `device` the charger's, `export` that of great amounts of data.",
    text,
    `"default";q=${policies.default};w=${WINDOW_SECONDS}`,
  ),
  RateLimit: header(
    'What is left of each (r), for how many seconds (t).',
    text,
    '"default";r=812;t=31',
  ),
  RetryAfter: header('Seconds to wait before the same request.', number, 7),
  ETag: header('The version of the object: its `resource_version` in quotes.', text, '"17"'),
  Location: header('Where the new object is.', text, '/v1/chargers/BLR-014'),
  WwwAuthenticate: header('What is asked for.', text, 'Bearer realm="magma"'),
} satisfies Record<string, Json>;

/** `WwwAuthenticate` under its name on the wire. */
const WIRE_NAMES: Record<keyof typeof responseHeaders, string> = {
  RequestId: 'X-Request-Id',
  RateLimitPolicy: 'RateLimit-Policy',
  RateLimit: 'RateLimit',
  RetryAfter: 'Retry-After',
  ETag: 'ETag',
  Location: 'Location',
  WwwAuthenticate: 'WWW-Authenticate',
};

export const headerRefs = (...names: (keyof typeof responseHeaders)[]): Json =>
  Object.fromEntries(
    names.map((name) => [WIRE_NAMES[name], { $ref: `#/components/headers/${name}` }]),
  );

export const parameterRef = (name: keyof typeof headerParameters): Json => ({
  $ref: `#/components/parameters/${name}`,
});

/** One refusal, or several that share a status. */
export function problemResponse(status: number, codes: readonly ErrorCode[]): Json {
  const extra = {
    401: ['WwwAuthenticate'],
    429: ['RetryAfter', 'RateLimitPolicy', 'RateLimit'],
    503: ['RetryAfter'],
  } as const;
  const more = status === 401 || status === 429 || status === 503 ? extra[status] : [];
  return {
    description: codes.map((code) => `${problems[code].title} (\`${code}\`)`).join('; '),
    headers: headerRefs('RequestId', ...more),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(
          codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
        ),
      },
    },
  };
}

const tokenUrl = '/oauth2/token';

export const securitySchemes = {
  api_key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'mk_test_… or mk_live_…',
    description: `An API key of your organization. The key decides whether you see test or live data. Each operation names the one scope it needs:

| Scope | What it allows |
|---|---|
${Object.entries(scopes)
  .map(([scope, meaning]) => `| \`${scope}\` | ${meaning} |`)
  .join('\n')}`,
  },
  oauth2: {
    type: 'oauth2',
    description:
      'An access token of an OAuth client (`POST /v1/oauth-clients`): for your own software by client credentials; for people of your organization, and for drivers, by authorization code with PKCE (S256). The URLs are at the host of the API, which is the issuer.',
    flows: {
      clientCredentials: { tokenUrl, scopes },
      authorizationCode: {
        authorizationUrl: '/oauth2/authorize',
        tokenUrl,
        refreshUrl: tokenUrl,
        scopes,
      },
    },
  },
};

/** A key or a token, of this scope where one is needed. */
export const securityOf = (...needed: readonly string[]): Json[] => [
  { api_key: [] },
  { oauth2: [...needed] },
];
