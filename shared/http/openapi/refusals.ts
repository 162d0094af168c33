import { AppError, type ErrorCode, type FieldError } from '#shared/core/errors.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { problemOf, problems } from '#shared/http/problem.ts';

/** Everything this endpoint may refuse with: what it declares, and what the pipeline adds. */
export function refusalsOf(endpoint: Endpoint): ErrorCode[] {
  const { scope, params, body, idempotencyKeyRequired, errors = [] } = endpoint;
  const codes: ErrorCode[] = ['invalid_request', 'internal_error', 'service_unavailable'];
  if (scope !== 'public') codes.push('unauthenticated', 'rate_limited');
  if (scope !== 'public' && scope !== 'any') codes.push('insufficient_scope');
  if (params) codes.push('not_found');
  if (body) codes.push('payload_too_large', 'unsupported_media_type', 'validation_failed');
  if (isWrite(endpoint)) codes.push('request_in_progress', 'idempotency_key_reused');
  if (idempotencyKeyRequired) codes.push('idempotency_key_missing');
  return [...new Set([...codes, ...errors])].sort();
}

/** An operation that may be sent with an Idempotency-Key. */
export const isWrite = ({ route, scope }: Endpoint) =>
  !route.startsWith('GET ') && scope !== 'public';

const OCCURRENCE = { instance: '/v1/sessions', requestId: 'req_01JWA3M7Q4V0T9E6C2X8N5B1RD' };

const sentences: Partial<Record<ErrorCode, string>> = {
  invalid_request: 'The body is not valid JSON.',
  validation_failed: 'The body is wrong.',
  unauthenticated: 'The credential is not valid.',
  insufficient_scope: 'This needs the scope sessions:write.',
  not_found: 'Charger not found.',
  etag_mismatch: 'The charger has changed since you read it.',
  connector_in_use: 'BLR-014 connector 1 has an open session.',
  charger_offline: 'BLR-014 has not been connected since 14:03.',
  rate_limited: 'At most 1000 requests a minute; wait 7 s.',
};

const fields: Partial<Record<ErrorCode, readonly FieldError[]>> = {
  validation_failed: [
    { field: 'connector', code: 'invalid_type', message: 'Expected int.' },
    { field: 'charger_id', code: 'required', message: 'This field is required.' },
  ],
  connector_in_use: [{ field: 'connector', code: 'in_use', message: 'It has an open session.' }],
};

/** A problem of this code, as an example. */
export function problemExample(code: ErrorCode) {
  const { title } = problems[code];
  const error = new AppError(code, sentences[code] ?? `${title}.`, { errors: fields[code] ?? [] });
  return { summary: title, value: problemOf(error, OCCURRENCE) };
}
