import middy from '@middy/core';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Context as LambdaContext,
} from 'aws-lambda';
import serverless from 'serverless-http';
import * as z from 'zod';
import { cameThroughEdge } from '#shared/aws/came-through-edge.ts';
import { headersOf } from '#shared/aws/gateway-request.ts';
import { runtimeAt } from '#shared/aws/public-urls.ts';
import { requestLog } from '#shared/aws/request-log.ts';
import { contextOf, type Runtime, runtime } from '#shared/aws/runtime.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { makeId } from '#shared/core/ids.ts';
import { problemReply } from '#shared/http/problem.ts';
import { askedAbout } from '#shared/oauth/asked-about.ts';
import { Providers } from '#shared/oauth/provider.ts';
import { bringContext } from '#shared/oauth/request-context.ts';

type Handler = (
  event: APIGatewayProxyEvent,
  context: LambdaContext,
) => Promise<APIGatewayProxyResult>;

const Answer = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()).optional(),
  multiValueHeaders: z.record(z.string(), z.array(z.string())).optional(),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().optional(),
});

/**
 * The Lambda behind /oauth2/* and /.well-known/*: the certified OpenID provider, a Koa application, in place
 * of an endpoint. Its issuer is the host the client used, which the edge alone may tell.
 */
export function serveOauth(): Handler {
  const providers = new Providers();
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: 250 })
    .use(requestLog('oauth'))
    .handler(async (event, lambda) => {
      const from = runtime();
      const headers = headersOf(event);
      const requestId = makeId('req', from.now());
      if (!(await cameThroughEdge(headers, from))) return wrongWay(event.path, requestId);
      const ctx = contextAt(runtimeAt(headers, from), requestId);
      const app = await providers.at(ctx);
      const isSecure = ctx.urls.api.startsWith('https:');
      const answer = await serverless(app, {
        provider: 'aws',
        // It takes every request for one that came over TLS, which on a laptop none does.
        request: (request: { readonly socket: object }) => {
          Reflect.set(request.socket, 'encrypted', isSecure);
          bringContext(request, ctx);
        },
      })(asSeen(event, ctx), lambda);
      const { headers: own, ...rest } = Answer.parse(answer);
      return { ...rest, headers: { ...own, 'X-Request-Id': requestId } };
    });
}

/** Nobody in particular; which organization it is about, the client or the link tells. */
const contextAt = (from: Runtime, requestId: string): Context =>
  contextOf(
    {
      tenantId: '',
      livemode: false,
      actor: { kind: 'anonymous' },
      cause: {
        type: 'api_request',
        ref: null,
        request_id: requestId,
        idempotency_key: null,
        actor: null,
      },
    },
    from,
  );

/** The request as it came to the edge: what a client says of itself is not believed. */
function asSeen(event: APIGatewayProxyEvent, { urls }: Context): APIGatewayProxyEvent {
  const { host, protocol } = new URL(urls.api);
  const sent = headersOf(event);
  const headers = {
    ...Object.fromEntries(Object.entries(sent).filter(([name]) => !TOLD_BY_EDGE.test(name))),
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-for': sent['x-viewer-address'] ?? event.requestContext.identity.sourceIp,
  };
  const multiValueHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  );
  return { ...event, ...askedAbout(event), headers, multiValueHeaders };
}
const TOLD_BY_EDGE = /^(x-forwarded-.*|forwarded|x-public-host|x-origin-verify|content-length)$/;

function wrongWay(instance: string, requestId: string): APIGatewayProxyResult {
  const error = new AppError('not_found', 'There is nothing at this path.');
  const { status, headers, body } = problemReply(error, { instance, requestId });
  return { statusCode: status, headers: { 'X-Request-Id': requestId, ...headers }, body };
}
