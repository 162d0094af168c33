import { isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import type { Endpoint, HttpReply, HttpRequest } from '#shared/http/endpoint.ts';
import { isRegisteredOrigin } from '#shared/oauth-clients/origins.ts';

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
/** What a page may send, beside what every page may. */
const REQUEST_HEADERS = [
  ...['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match'],
  ...['Magma-Organization', 'Magma-Version', 'Prefer', 'X-Correlation-Id'],
].join(', ');
/** What it may read of an answer. */
const RESPONSE_HEADERS = [
  ...['Deprecation', 'ETag', 'Idempotency-Replayed', 'Link', 'Location', 'Magma-Version'],
  ...['Preference-Applied', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'Sunset'],
  ...['WWW-Authenticate', 'X-Correlation-Id', 'X-Request-Id'],
].join(', ');
const REMEMBERED_S = 600;

/**
 * What lets a page of another origin read the answer. To a known caller: where its OAuth client has
 * registered the origin, and never with an API key, which has no business in a browser. To nobody in
 * particular: where any client has, so that a page sees that its token is over.
 */
export async function corsHeaders(
  ctx: Context,
  { scope }: Endpoint,
  { headers }: HttpRequest,
): Promise<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined) return {};
  const exposed = { 'Access-Control-Expose-Headers': RESPONSE_HEADERS };
  if (scope === 'public') return { 'Access-Control-Allow-Origin': '*', ...exposed };
  const isAllowed = isCaller(ctx.actor)
    ? (ctx.actor.origins?.includes(origin) ?? false)
    : await isRegisteredOrigin(ctx, origin);
  return isAllowed
    ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin', ...exposed }
    : { Vary: 'Origin' };
}

/** A browser that asks before it sends what a page wants to (Fetch, 3.3.2). */
export const isPreflight = ({ method, headers }: HttpRequest): boolean =>
  method === 'OPTIONS' &&
  headers['origin'] !== undefined &&
  headers['access-control-request-method'] !== undefined;

/** It comes without a credential, so the answer is for all who have registered the origin. */
export async function preflight(
  ctx: Pick<Context, 'table'>,
  { headers: { origin = '' } }: HttpRequest,
): Promise<HttpReply> {
  const always = { Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' };
  if (!(await isRegisteredOrigin(ctx, origin))) return { status: 204, headers: always, body: '' };
  const headers = {
    ...always,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': REQUEST_HEADERS,
    'Access-Control-Max-Age': String(REMEMBERED_S),
  };
  return { status: 204, headers, body: '' };
}
