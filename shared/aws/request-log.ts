import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { runtime } from '#shared/aws/runtime.ts';
import { AppError } from '#shared/core/errors.ts';
import { makeId } from '#shared/core/ids.ts';
import { metric } from '#shared/core/metric-names.ts';
import { problemReply } from '#shared/http/problem.ts';

type Layer = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/**
 * One line per request: which operation, whose, how it went and how long it took. No header, query or
 * body is logged, so no secret can be. What fails around the endpoint is answered as a 500 here.
 */
export function requestLog(operation: string): Layer {
  const since = new WeakMap<object, number>();
  const tell = (event: APIGatewayProxyEvent, { statusCode, headers }: APIGatewayProxyResult) => {
    const { authorizer, requestId } = event.requestContext ?? {};
    const { log } = runtime();
    const started = since.get(event) ?? performance.now();
    log.info('request', {
      operation,
      method: event.httpMethod,
      route: event.resource,
      status: statusCode,
      ms: Math.round(performance.now() - started),
      request_id: headers?.['X-Request-Id'],
      correlation_id: headers?.['X-Correlation-Id'],
      gateway_request_id: requestId,
      organization_id: authorizer?.['organization_id'],
      credential_id: authorizer?.['credential_id'],
    });
    if (statusCode === 429) log.count(metric.rateLimited);
  };
  return {
    before: ({ event }) => {
      since.set(event, performance.now());
    },
    after: ({ event, response }) => {
      if (response) tell(event, response);
    },
    onError: ({ event, error }) => {
      const from = runtime();
      from.log.error('A request failed outside its endpoint', { operation, error });
      const response = failureOf(event, error, from.now());
      tell(event, response);
      return response;
    },
  };
}

function failureOf(event: APIGatewayProxyEvent, error: unknown, now: Date): APIGatewayProxyResult {
  const requestId = makeId('req', now);
  const late = error instanceof Error && error.name === 'TimeoutError';
  const { status, headers, body } = problemReply(
    late
      ? new AppError('service_unavailable', 'No answer in time; ask again.')
      : new AppError('internal_error', 'Tell us the request_id if this goes on.'),
    { instance: event.path, requestId },
  );
  return { statusCode: status, headers: { 'X-Request-Id': requestId, ...headers }, body };
}
