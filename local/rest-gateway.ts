import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Entry } from '#lib/registry.ts';
import { AuthorizationCache, authorize } from '#local/authorizer.ts';
import { decoded, encoded } from '#local/content-coding.ts';
import { type Lambda, LambdaTimeout, lambda } from '#local/lambda.ts';
import { authorizerEvent, type RestCall, restEvent } from '#local/rest-event.ts';
import { Routes } from '#local/routes.ts';
import type { Served } from '#local/served.ts';
import { UnderWay } from '#local/under-way.ts';
import { AppError } from '#shared/core/errors.ts';
import { makeId } from '#shared/core/ids.ts';
import type { Log } from '#shared/core/log.ts';
import { BEARER, Challenge, OTHER_BEARER } from '#shared/http/authorize.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { problemReply } from '#shared/http/problem.ts';

/** API Gateway's limit of a request's body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** The authorization server's own paths, all of them. */
const OAUTH = /^(?<under>\/oauth2|\/\.well-known)\/(?<rest>.+)$/;

const ProxyResult = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  multiValueHeaders: z.record(z.string(), z.array(z.string())).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});
type ProxyResult = z.infer<typeof ProxyResult>;

interface Target {
  readonly lambda: Lambda;
  readonly isPublic: boolean;
}

export interface RestGatewayOptions {
  readonly endpoints: readonly Entry<Endpoint>[];
  readonly originSecret: string;
  readonly log: Log;
  readonly onServed: (served: Served) => void;
}

/** The REST API: routes, the request authorizer, limits, and the functions behind. */
export class RestGateway {
  readonly #options: RestGatewayOptions;
  readonly #routes: Routes<Target>;
  readonly #authorizer = lambda('auth/authorize-request.ts');
  readonly #unknownPath = lambda('http/unknown-path.ts');
  readonly #oauth = lambda('oauth2/answer.ts');
  readonly #authorizations = new AuthorizationCache();
  readonly #underWay = new UnderWay();

  constructor(options: RestGatewayOptions) {
    this.#options = options;
    this.#routes = routesOf(options.endpoints);
  }

  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    this.#underWay.add(this.#serve(request, response));
  };

  /** Resolves when every request has been answered. */
  drained(): Promise<void> {
    return this.#underWay.drained();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const since = performance.now();
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
    let result: ProxyResult;
    try {
      result = await this.#answer(request, path, new URLSearchParams(search));
    } catch (error) {
      // The client has gone in the middle of its own request.
      if (request.errored) return;
      result = refusal(asAppError(error), path);
      if (!(error instanceof AppError))
        this.#options.log.error('A request failed', { path, error });
    }
    await write(request, response, result);
    const method = request.method ?? 'GET';
    const ms = Math.round(performance.now() - since);
    const requestId = headerOf(result, 'x-request-id');
    this.#options.onServed({ method, path, status: result.statusCode, ms, requestId });
  }

  async #answer(
    request: IncomingMessage,
    path: string,
    search: URLSearchParams,
  ): Promise<ProxyResult> {
    const sent = await bodyOf(request);
    const body = await decoded(sent, request.headers['content-encoding'], MAX_BODY_BYTES);
    const oauth = OAUTH.exec(path)?.groups;
    const found = oauth ? undefined : this.#routes.find(request.method ?? 'GET', path);
    const call: RestCall = {
      request,
      path,
      search,
      body,
      resource: found?.path ?? `${oauth?.['under'] ?? ''}/{proxy+}`,
      params: found?.params ?? { proxy: oauth?.['rest'] ?? path.slice(1) },
      authorizer: undefined,
      originSecret: this.#options.originSecret,
    };
    if (oauth) return ProxyResult.parse(await this.#oauth.invoke(restEvent(call)));
    const target = found?.target;
    if (!target) return ProxyResult.parse(await this.#unknownPath.invoke(restEvent(call)));
    const authorizer = target.isPublic ? undefined : await this.#authorize(call);
    const answer = await target.lambda.invoke(restEvent({ ...call, authorizer }));
    return ProxyResult.parse(answer);
  }

  async #authorize(call: RestCall): Promise<Record<string, string>> {
    const credential = call.request.headers.authorization;
    // The gateway's own refusal: nobody is asked without the header that names the caller.
    if (!credential)
      throw new Challenge('unauthenticated', 'Send Authorization: Bearer <API key>.', BEARER);
    const key = `${credential}\n${call.request.socket.remoteAddress}`;
    const answer = await this.#authorizations.get(key, () =>
      authorize(this.#authorizer, authorizerEvent(call)),
    );
    if (!answer.allowed)
      throw new Challenge('unauthenticated', 'This credential is not valid.', OTHER_BEARER);
    return answer.context;
  }
}

function routesOf(endpoints: readonly Entry<Endpoint>[]): Routes<Target> {
  const routes = new Routes<Target>();
  for (const { file, value } of endpoints)
    routes.add(value.route, { lambda: lambda(`api/${file}`), isPublic: value.scope === 'public' });
  return routes;
}

/** Rejects when it is too large; the rest is read all the same, so that the client hears of it. */
function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(new AppError('payload_too_large', 'The body is too large.'));
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof LambdaTimeout)
    return new AppError('service_unavailable', 'There was no answer in time.', { cause: error });
  return new AppError('internal_error', 'Something failed on our side.', { cause: error });
}

/** The gateway's own answers are problem documents like all the others. */
function refusal(error: AppError, path: string): ProxyResult {
  const requestId = makeId('req', new Date());
  const reply = problemReply(error, { instance: path, requestId });
  const challenge = error instanceof Challenge ? { 'WWW-Authenticate': error.challenge } : {};
  return {
    statusCode: reply.status,
    headers: {
      'X-Request-Id': requestId,
      'Cache-Control': 'no-store',
      ...challenge,
      ...reply.headers,
    },
    body: reply.body,
  };
}

async function write(
  request: IncomingMessage,
  response: ServerResponse,
  result: ProxyResult,
): Promise<void> {
  const { statusCode, headers = {}, multiValueHeaders = {}, body = '', isBase64Encoded } = result;
  const plain = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const { bytes, coding } = await encoded(plain, String(request.headers['accept-encoding'] ?? ''));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  for (const [name, values] of Object.entries(multiValueHeaders)) response.setHeader(name, values);
  if (coding) response.setHeader('Content-Encoding', coding);
  if (statusCode !== 204) response.setHeader('Content-Length', bytes.length);
  response.writeHead(statusCode);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

const headerOf = ({ headers = {} }: ProxyResult, name: string): string =>
  String(Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '');
