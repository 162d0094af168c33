import * as z from 'zod';
import { callerId } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { API_VERSION } from '#shared/events/envelope.ts';
import { actingContext } from '#shared/http/acting-organization.ts';
import { authenticate, Challenge, requireKind, requireScope } from '#shared/http/authorize.ts';
import { corsHeaders } from '#shared/http/cors.ts';
import { deprecationHeaders, noteDeprecatedUse } from '#shared/http/deprecation.ts';
import type { Endpoint, HttpReply, HttpRequest } from '#shared/http/endpoint.ts';
import { once } from '#shared/http/idempotency.ts';
import { readIdempotencyKey } from '#shared/http/idempotency-key.ts';
import { type Attempt, recallOf } from '#shared/http/lost-answer.ts';
import { noteRequest } from '#shared/http/note-request.ts';
import { problemReply, problems } from '#shared/http/problem.ts';
import { type Quota, quotaHeaders, takeRequest, tooMany } from '#shared/http/rate-limit.ts';
import { checkSize, readInput } from '#shared/http/read-input.ts';
import { replyOf, unlessUnchanged } from '#shared/http/reply.ts';
import { readVersion } from '#shared/http/versions.ts';
import { witnessRequest } from '#shared/http/witness-request.ts';

/** One request under way. `headers` gathers what every reply to it carries, refusals too. */
interface Exchange {
  readonly endpoint: Endpoint;
  readonly request: HttpRequest;
  readonly ctx: Context;
  readonly requestId: string;
  readonly headers: Record<string, string>;
  /** What it took from, the caller's own first. */
  readonly quotas: Quota[];
}
type Input = ReturnType<typeof readInput>;

/**
 * What every endpoint runs through: who calls, how often, with what scope; the input parsed, a repeat
 * recognised, the answer checked. Never throws: what nobody foresaw is a 500 that tells nothing.
 */
export async function callEndpoint(
  endpoint: Endpoint,
  request: HttpRequest,
  ctx: Context,
): Promise<HttpReply> {
  const startedAt = ctx.now();
  const exchange = open(endpoint, request, ctx);
  const answered = await answer(exchange).catch((error: unknown) => refusal(exchange, error));
  const shared = await corsHeaders(ctx, endpoint, request).catch(() => ({ Vary: 'Origin' }));
  const reply = { ...answered, headers: { ...exchange.headers, ...shared, ...answered.headers } };
  if (endpoint.scope !== 'public') await noteRequest(ctx, endpoint, request, reply, startedAt);
  return reply;
}

function open(endpoint: Endpoint, request: HttpRequest, ctx: Context): Exchange {
  const requestId = ctx.cause.request_id ?? ctx.newId('req');
  const correlation = correlationOf(request);
  const headers: Record<string, string> = {
    'X-Request-Id': requestId,
    ...(correlation === undefined ? {} : { 'X-Correlation-Id': correlation }),
    'Magma-Version': API_VERSION,
    'Cache-Control': 'no-store',
    ...deprecationHeaders(endpoint),
  };
  const cause: Context['cause'] = {
    type: 'api_request',
    ref: correlation ?? endpoint.id,
    request_id: requestId,
    idempotency_key: request.headers['idempotency-key'] ?? null,
    actor: callerId(ctx),
  };
  const witnessed = witnessRequest(endpoint, request, ctx, correlation);
  const own = { ...ctx, ...witnessed, cause };
  return { endpoint, request, ctx: own, requestId, headers, quotas: [] };
}

/** The caller's own id of the matter, where it is fit to be logged and sent back. */
const correlationOf = ({ headers }: HttpRequest) =>
  headers['x-correlation-id']?.match(/^[\x21-\x7e]{1,128}$/)?.[0];

async function answer(exchange: Exchange): Promise<HttpReply> {
  const { endpoint, request, headers } = exchange;
  checkSize(request);
  const credential = endpoint.scope === 'public' ? undefined : await admit(exchange);
  const ctx = credential === undefined ? exchange.ctx : await actingContext(exchange.ctx, request);
  const acting = { ...exchange, ctx };
  headers['Magma-Version'] = readVersion(request);
  const input = readInput(endpoint, request);
  const key = readIdempotencyKey(endpoint, request);
  const handle = async (within: Context) => {
    await takeNamed(acting, input);
    return replyOf(endpoint, await endpoint.handle(input, within));
  };
  if (key === undefined || credential === undefined)
    return unlessUnchanged(request, await handle(ctx));
  return once(
    ctx,
    { credential, key, request },
    {
      attempt: (within) => attempt(acting, () => handle(within)),
      recall: recallOf(endpoint, ctx, input),
      doneWith: endpoint.doneWith,
    },
  );
}

/** Every request of a known credential counts, refused for its scope or not, so that all carry its quota. */
async function admit(exchange: Exchange): Promise<string> {
  const { endpoint, request, ctx, headers } = exchange;
  const caller = authenticate(ctx, request);
  const quota = await takeRequest(ctx, caller.id);
  Object.assign(headers, quotaHeaders([quota], ctx.now()));
  if (!quota.allowed) throw tooMany(quota);
  exchange.quotas.push(quota);
  requireKind(caller, endpoint);
  requireScope(caller, endpoint.scope);
  await noteDeprecatedUse(ctx, endpoint);
  return caller.id;
}

/** A repeat that gets the first answer again takes nothing: nobody does anything for it. */
async function takeNamed(exchange: Exchange, { params, body }: Input): Promise<void> {
  const { endpoint, ctx, headers, quotas } = exchange;
  const { quota: policy } = endpoint;
  if (!policy) return;
  const charger = chargerIn(params) ?? chargerIn(body);
  const whose = policy === 'device' ? charger : callerId(ctx);
  if (!whose) return;
  const quota = await takeRequest(ctx, `${ctx.tenantId}#${whose}`, policy);
  quotas.push(quota);
  Object.assign(headers, quotaHeaders(quotas, ctx.now()));
  if (!quota.allowed) throw tooMany(quota);
}

const chargerIn = (named: unknown): string | undefined => Named.safeParse(named).data?.charger_id;
const Named = z.object({ charger_id: z.string() });

/** A refusal is an answer like any other, unless it is worth repeating the request. */
async function attempt(exchange: Exchange, handle: () => Promise<HttpReply>): Promise<Attempt> {
  try {
    return { reply: await handle(), final: true };
  } catch (error) {
    const final = error instanceof AppError && !problems[error.code].retryable;
    return { reply: refusal(exchange, error), final };
  }
}

function refusal({ endpoint, request, ctx, requestId, headers }: Exchange, error: unknown) {
  const occurrence = { instance: request.path, requestId };
  if (error instanceof Challenge) headers['WWW-Authenticate'] = error.challenge;
  if (error instanceof AppError && error.code !== 'internal_error')
    return problemReply(error, occurrence);
  ctx.log.error('An endpoint failed', { operation: endpoint.id, request_id: requestId, error });
  const hidden = new AppError('internal_error', 'Tell us the request_id if this goes on.');
  return problemReply(hidden, occurrence);
}
