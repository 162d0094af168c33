import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { callerOf, httpRequestOf } from '#shared/aws/gateway-request.ts';
import { runtime } from '#shared/aws/runtime.ts';
import { AppError } from '#shared/core/errors.ts';
import { makeId } from '#shared/core/ids.ts';
import { metric } from '#shared/core/metric-names.ts';
import { noteRequest } from '#shared/http/note-request.ts';
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
    onError: async ({ event, error }) => {
      const from = runtime();
      from.log.error('A request failed outside its endpoint', { operation, error });
      const response = failureOf(event, error, from.now());
      tell(event, response);
      await keepFailure(operation, event, response, since.get(event)).catch((cause: unknown) => {
        from.log.warn('A failure was not written down', { operation, error: cause });
      });
      return response;
    },
  };
}

/** Who was given no answer in time asks with the id of the answer that came in its place. */
async function keepFailure(
  operation: string,
  event: APIGatewayProxyEvent,
  { statusCode: status, headers = {}, body }: APIGatewayProxyResult,
  since = performance.now(),
): Promise<void> {
  const from = runtime();
  const told = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  const answered = { status, headers: Object.fromEntries(told), body };
  const startedAt = new Date(from.now().getTime() - Math.round(performance.now() - since));
  const endpoint = { id: operation, route: `${event.httpMethod} ${event.resource}` } as const;
  const ctx = { ...callerOf(event), table: from.table, log: from.log, now: () => from.now() };
  await noteRequest(ctx, endpoint, httpRequestOf(event), answered, startedAt);
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
