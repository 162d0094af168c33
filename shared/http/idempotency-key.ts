import { AppError } from '#shared/core/errors.ts';
import type { Endpoint, HttpRequest } from '#shared/http/endpoint.ts';

/** The key of this request, undefined where it sends none. Throws invalid_request, idempotency_key_missing. */
export function readIdempotencyKey(endpoint: Endpoint, request: HttpRequest): string | undefined {
  if (request.method === 'GET') return undefined;
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    if (!endpoint.idempotencyKeyRequired) return undefined;
    throw new AppError('idempotency_key_missing', 'Send an Idempotency-Key, new for each payment.');
  }
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('invalid_request', 'The Idempotency-Key cannot be used.', {
    errors: [
      {
        field: 'Idempotency-Key',
        code: 'invalid_format',
        message: '1 to 255 printable ASCII characters.',
      },
    ],
  });
}
