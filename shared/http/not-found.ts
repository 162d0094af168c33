import { AppError } from '#shared/core/errors.ts';
import type { HttpReply } from '#shared/http/endpoint.ts';
import { type Occurrence, problemReply } from '#shared/http/problem.ts';

/** The answer to a path that no endpoint has. */
export const unknownPath = (occurrence: Occurrence): HttpReply =>
  refusal(new AppError('not_found', 'There is nothing at this path.'), occurrence);

/** The answer to a path that is there with a method it does not have (RFC 9110 15.5.6). */
export function unknownMethod(methods: readonly string[], occurrence: Occurrence): HttpReply {
  const allow = methods.join(', ');
  const error = new AppError('method_not_allowed', `This path has ${allow}.`);
  return refusal(error, occurrence, { Allow: allow });
}

function refusal(error: AppError, occurrence: Occurrence, own: Record<string, string> = {}) {
  const { status, headers, body } = problemReply(error, occurrence);
  const always = { 'X-Request-Id': occurrence.requestId, 'Cache-Control': 'no-store' };
  return { status, headers: { ...always, ...own, ...headers }, body };
}
