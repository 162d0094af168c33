import type { ErrorCode } from '#shared/core/errors.ts';
import type { Endpoint, Example } from '#shared/http/endpoint.ts';
import { parametersOf, takesIfNoneMatch } from '#shared/http/openapi/parameters.ts';
import { refusalsOf } from '#shared/http/openapi/refusals.ts';
import type { SchemaBook } from '#shared/http/openapi/schema-book.ts';
import { headerRefs, problemResponse, securityOf } from '#shared/http/openapi/shared-parts.ts';
import type { Json } from '#shared/http/openapi/tidy-schema.ts';
import { problems } from '#shared/http/problem.ts';
import { policies, quotaSubjects } from '#shared/http/rate-limit.ts';

/** One operation of the document. `tag` is the name its folder's group is shown under. */
export function operationOf(endpoint: Endpoint, tag: string, book: SchemaBook): Json {
  const { id, summary, scope, body, deprecated, forDrivers = false } = endpoint;
  return {
    operationId: id,
    summary,
    ...(deprecated ? { deprecated: true } : {}),
    description: [endpoint.description.trim(), ...conditionsOf(endpoint)].join('\n\n'),
    tags: [tag],
    security: scope === 'public' ? [] : securityOf(...(needsScope(scope) ? [scope] : [])),
    ...(needsScope(scope) ? { 'x-required-scope': scope } : {}),
    ...(scope === 'public' ? {} : { 'x-driver-tokens': forDrivers }),
    parameters: parametersOf(endpoint, book),
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse({}).success,
            content: {
              'application/json': {
                schema: book.add(body, 'input'),
                ...examplesOf(endpoint, ({ body: value }) => value),
              },
            },
          },
        }
      : {}),
    responses: { ...refusals(endpoint), ...successes(endpoint, book) },
  };
}

const conditionsOf = ({ scope, quota, deprecated, forDrivers }: Endpoint): string[] => [
  ...(deprecated ? [`**Deprecated**, and gone on ${deprecated.sunset}: ${deprecated.see}`] : []),
  ...(needsScope(scope) ? [`Needs the scope \`${scope}\`.`] : []),
  ...(quota
    ? [`Takes from the quota \`${quota}\`: ${policies[quota]} ${quotaSubjects[quota]}.`]
    : []),
  ...(forDrivers ? ["For driver tokens too, which reach the driver's own objects alone."] : []),
];

const needsScope = (scope: string) => scope !== 'public' && scope !== 'any';

function successes(endpoint: Endpoint, book: SchemaBook): Json {
  const { status, alsoStatus = [] } = endpoint;
  return Object.fromEntries([
    ...(takesIfNoneMatch(endpoint) ? [[304, unchanged]] : []),
    ...alsoStatus.map((other) => [other, success(endpoint, other, book, {})]),
    [
      status,
      success(
        endpoint,
        status,
        book,
        examplesOf(endpoint, ({ response }) => response),
      ),
    ],
  ]);
}

const unchanged: Json = {
  description: 'The `ETag` you sent is still the newest; there is no body',
  headers: headerRefs('RequestId', 'ETag'),
};

const MEANING: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted; it goes on',
  204: 'Done; there is no body',
  503: 'Not everything works',
};

function success(endpoint: Endpoint, status: number, book: SchemaBook, examples: Json): Json {
  const { response, mediaType = 'application/json', alsoMedia = [], location, scope } = endpoint;
  const versioned = response && 'resource_version' in Object(Reflect.get(response, 'shape'));
  return {
    description: MEANING[status] ?? 'Done',
    headers: headerRefs(
      'RequestId',
      ...(scope === 'public' ? [] : (['RateLimitPolicy', 'RateLimit'] as const)),
      ...(versioned ? (['ETag'] as const) : []),
      ...(location ? (['Location'] as const) : []),
    ),
    ...(response && status !== 204
      ? {
          content: {
            [mediaType]: { schema: book.add(response, 'output'), ...examples },
            ...Object.fromEntries(alsoMedia.map((type) => [type, { schema: { type: 'string' } }])),
          },
        }
      : {}),
  };
}

function examplesOf({ examples }: Endpoint, pick: (example: Example) => unknown): Json {
  const named = Object.entries(examples).flatMap(([name, example]) => {
    const value = pick(example);
    return value === undefined ? [] : [[name, { summary: example.summary, value }]];
  });
  return named.length === 0 ? {} : { examples: Object.fromEntries(named) };
}

function refusals(endpoint: Endpoint): Json {
  const byStatus = Map.groupBy(refusalsOf(endpoint), (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, refusal(status, codes)]),
  );
}

/** Refusals that look the same in most operations are written once. */
function refusal(status: number, codes: readonly ErrorCode[]): Json {
  const name = sharedResponses.find((shared) => shared.codes.join() === codes.join())?.name;
  return name ? { $ref: `#/components/responses/${name}` } : problemResponse(status, codes);
}

export const sharedResponses: readonly {
  readonly name: string;
  readonly codes: readonly ErrorCode[];
}[] = [
  { name: 'BadRequest', codes: ['invalid_request'] },
  { name: 'Unauthenticated', codes: ['unauthenticated'] },
  { name: 'Forbidden', codes: ['insufficient_scope'] },
  { name: 'NotFound', codes: ['not_found'] },
  { name: 'InProgress', codes: ['request_in_progress'] },
  { name: 'VersionMismatch', codes: ['etag_mismatch'] },
  { name: 'TooLarge', codes: ['payload_too_large'] },
  { name: 'NotJson', codes: ['unsupported_media_type'] },
  { name: 'KeyReused', codes: ['idempotency_key_reused'] },
  { name: 'Unacceptable', codes: ['idempotency_key_reused', 'validation_failed'] },
  { name: 'TooManyRequests', codes: ['rate_limited'] },
  { name: 'InternalError', codes: ['internal_error'] },
  { name: 'Unavailable', codes: ['service_unavailable'] },
];
