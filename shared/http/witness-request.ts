import { witnessOf } from '#shared/audit/witness-changes.ts';
import { isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import type { Endpoint, HttpRequest } from '#shared/http/endpoint.ts';

/** Has what a request changes written down. Reads change nothing that anybody asked for; nobody known changes nothing. */
export function witnessRequest(
  { id }: Endpoint,
  request: HttpRequest,
  { actor }: Context,
  correlation: string | undefined,
): Pick<Context, 'witness'> {
  if (request.method === 'GET' || !isCaller(actor)) return {};
  const witness = witnessOf({
    operation: id,
    correlationId: correlation ?? null,
    address: request.address ?? null,
    userAgent: request.headers['user-agent'] ?? null,
  });
  return { witness };
}
