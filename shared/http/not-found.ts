import { AppError } from '#shared/core/errors.ts';
import type { HttpReply } from '#shared/http/endpoint.ts';
import { type Occurrence, problemReply } from '#shared/http/problem.ts';

/**
 * The answer to a path that no endpoint has, or none with this method: whoever answers for it, the
 * gateway's catch-all or the local host, knows no routes and could not name the methods there are.
 */
export function unknownPath(occurrence: Occurrence): HttpReply {
  const error = new AppError('not_found', 'There is nothing at this path.');
  const { status, headers, body } = problemReply(error, occurrence);
  const always = { 'X-Request-Id': occurrence.requestId, 'Cache-Control': 'no-store' };
  return { status, headers: { ...always, ...headers }, body };
}
