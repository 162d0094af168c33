import { AppError } from '#shared/core/errors.ts';
import type { HttpReply } from '#shared/http/endpoint.ts';
import { type Occurrence, problemReply } from '#shared/http/problem.ts';

/** The answer to a path that no endpoint has. */
export const unknownPath = (occurrence: Occurrence): HttpReply =>
  withRequestId(
    problemReply(new AppError('not_found', 'There is nothing at this path.'), occurrence),
    occurrence,
  );

/** The answer to a method that no endpoint of this path has; `allowed` are those there are. */
export function unknownMethod(occurrence: Occurrence, allowed: readonly string[]): HttpReply {
  const list = [...allowed].sort().join(', ');
  const error = new AppError('method_not_allowed', `This path takes ${list}.`);
  const reply = withRequestId(problemReply(error, occurrence), occurrence);
  return { ...reply, headers: { ...reply.headers, Allow: list } };
}

const withRequestId = (reply: HttpReply, { requestId }: Occurrence): HttpReply => ({
  ...reply,
  headers: { 'X-Request-Id': requestId, 'Cache-Control': 'no-store', ...reply.headers },
});
