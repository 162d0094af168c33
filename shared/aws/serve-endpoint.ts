import middy from '@middy/core';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Context as LambdaContext,
} from 'aws-lambda';
import { callerOf, httpRequestOf } from '#shared/aws/gateway-request.ts';
import { runtimeAt } from '#shared/aws/public-urls.ts';
import { requestLog } from '#shared/aws/request-log.ts';
import { contextOf, runtime } from '#shared/aws/runtime.ts';
import { makeId } from '#shared/core/ids.ts';
import { callEndpoint } from '#shared/http/call-endpoint.ts';
import type { Endpoint, HttpReply, HttpRequest } from '#shared/http/endpoint.ts';

export type RestHandler = (
  event: APIGatewayProxyEvent,
  context: LambdaContext,
) => Promise<APIGatewayProxyResult>;

/** The Lambda behind a route of the REST API. Making it touches nothing; the first call does. */
export const serve = (endpoint: Endpoint): RestHandler =>
  restHandler(endpoint.id, (request, event, requestId) => {
    const cause = {
      type: 'api_request',
      ref: null,
      request_id: requestId,
      idempotency_key: null,
      actor: null,
    } as const;
    const from = runtimeAt(request.headers, runtime());
    return callEndpoint(endpoint, request, contextOf({ ...callerOf(event), cause }, from));
  });

/** A Lambda that answers REST requests, by any means: one line logged each, and never a bare failure. */
export const restHandler = (
  operation: string,
  answer: (
    request: HttpRequest,
    event: APIGatewayProxyEvent,
    requestId: string,
  ) => HttpReply | Promise<HttpReply>,
): RestHandler =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>(TIMEOUT)
    .use(requestLog(operation))
    .handler(async (event) => {
      const requestId = makeId('req', runtime().now());
      const reply = await answer(httpRequestOf(event), event, requestId);
      return { statusCode: reply.status, headers: { ...reply.headers }, body: reply.body };
    });

/** What is still running this long before the function's end is answered for, while that can be done. */
const TIMEOUT = { timeoutEarlyInMillis: 250 };
