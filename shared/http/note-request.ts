import * as z from 'zod';
import type { HttpReply, HttpRequest } from '#shared/http/endpoint.ts';
import { keepRequest } from '#shared/request-log/keep-request.ts';

const Problem = z.object({ code: z.string() });

/** A request that has been answered goes into the request log. */
export function noteRequest(
  ctx: Parameters<typeof keepRequest>[0],
  { id: operation, route }: { readonly id: string; readonly route: string },
  { method, path, headers: sent, address }: HttpRequest,
  { status, headers, body }: HttpReply,
  startedAt: Date,
): Promise<void> {
  return keepRequest(ctx, {
    startedAt,
    id: headers['X-Request-Id'] ?? '',
    operation,
    method,
    route: route.split(' ')[1] ?? route,
    path,
    status,
    error_code: status < 400 ? null : codeIn(body),
    address: address ?? null,
    user_agent: sent['user-agent'] ?? null,
    api_version: headers['Magma-Version'] ?? '',
    idempotent_replay: headers['Idempotency-Replayed'] === 'true',
    correlation_id: headers['X-Correlation-Id'] ?? null,
  });
}

function codeIn(body: string): string | null {
  try {
    return Problem.safeParse(JSON.parse(body)).data?.code ?? null;
  } catch {
    return null;
  }
}
