import type { RequestTold } from '#shared/audit/witness-changes.ts';
import { isCaller } from '#shared/core/caller.ts';
import type { Context, Witness } from '#shared/core/context.ts';
import type { Endpoint, HttpRequest } from '#shared/http/endpoint.ts';

/** Has what a request changes written down. Reads change nothing that anybody asked for; nobody known changes nothing. */
export function witnessRequest(
  { id }: Endpoint,
  request: HttpRequest,
  { actor }: Context,
  correlation: string | undefined,
): Pick<Context, 'witness'> {
  if (request.method === 'GET' || !isCaller(actor)) return {};
  return {
    witness: witnessOf({
      operation: id,
      correlationId: correlation ?? null,
      address: request.address ?? null,
      userAgent: request.headers['user-agent'] ?? null,
    }),
  };
}

/** Loaded with the first change: what only reads never pays for it. */
const witnessOf =
  (told: RequestTold): Witness =>
  async (ctx, change) => {
    const writing = await import('#shared/audit/witness-changes.ts');
    return writing.witnessOf(told)(ctx, change);
  };
