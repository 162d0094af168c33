import * as z from 'zod';
import type { AppError, ErrorCode } from '#shared/core/errors.ts';
import type { HttpReply } from '#shared/http/endpoint.ts';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** The same request may succeed later, unchanged. */
  readonly retryable: boolean;
}

const kind = (status: number, title: string, retryable = false): ProblemKind => ({
  status,
  title,
  retryable,
});

/**
 * How HTTP tells each refusal. 400 is for what cannot be read (broken JSON, a bad header, query or
 * cursor); 422 for a JSON body that can be read and is not acceptable; docs/decisions says why.
 */
export const problems: Readonly<Record<ErrorCode, ProblemKind>> = {
  invalid_request: kind(400, 'The request cannot be read'),
  idempotency_key_missing: kind(400, 'An Idempotency-Key is required'),
  unauthenticated: kind(401, 'No valid credential'),
  insufficient_scope: kind(403, 'The credential lacks the scope'),
  site_restricted: kind(403, 'The credential is restricted to other sites'),
  authorization_rejected: kind(403, 'The driver may not charge'),
  tariff_override_not_allowed: kind(403, 'The tariff may not be overridden'),
  sandbox_only: kind(403, 'Only in test mode'),
  live_only: kind(403, 'Only in live mode'),
  not_found: kind(404, 'Not found'),
  method_not_allowed: kind(405, 'Method not allowed'),
  conflict: kind(409, 'Conflict with the present state'),
  request_in_progress: kind(409, 'The first request is still running', true),
  charger_offline: kind(409, 'The charger is offline', true),
  charger_not_registered: kind(409, 'The charger has not registered yet', true),
  connector_in_use: kind(409, 'Connector is already in use'),
  connector_unavailable: kind(409, 'The connector is out of service'),
  connector_faulted: kind(409, 'The connector has a fault'),
  capability_not_supported: kind(409, 'The charger cannot do this'),
  command_rejected: kind(409, 'The charger refused'),
  command_timeout: kind(409, 'The charger did not answer', true),
  session_not_active: kind(409, 'The session is not running'),
  reservation_conflict: kind(409, 'The connector is reserved at that time'),
  gone: kind(410, 'No longer there'),
  etag_mismatch: kind(412, 'Changed since you read it'),
  payload_too_large: kind(413, 'The body is too large'),
  unsupported_media_type: kind(415, 'The body must be JSON'),
  validation_failed: kind(422, 'A field is not acceptable'),
  idempotency_key_reused: kind(422, 'The Idempotency-Key was used for another request'),
  tariff_not_found: kind(422, 'No tariff applies'),
  rate_limited: kind(429, 'Too many requests', true),
  internal_error: kind(500, 'Something went wrong on our side', true),
  service_unavailable: kind(503, 'Unavailable for a moment', true),
};

const FieldProblem = z
  .object({
    field: z.string().meta({ description: 'Dotted path into the body, or a parameter or header.' }),
    code: z.string().meta({ description: 'Stable, snake case.' }),
    message: z.string(),
  })
  .meta({
    id: 'FieldProblem',
    description: 'What is wrong with one field.',
    example: { field: 'connector', code: 'in_use', message: 'It has an open session.' },
  });

export const Problem = z
  .object({
    type: z.url().meta({ description: 'A page about this code.' }),
    title: z.string().meta({ description: 'The same for every problem of this code.' }),
    status: z.int(),
    code: z.string().meta({ description: 'Stable, snake case: decide by it.' }),
    detail: z.string().meta({ description: 'About this occurrence, for people.' }),
    instance: z.string().meta({ description: 'The path that was asked for.' }),
    errors: z.array(FieldProblem).optional(),
    request_id: z.string(),
    retryable: z.boolean().meta({ description: 'The same request may succeed later.' }),
  })
  .meta({
    id: 'Problem',
    description: 'Every refusal, as RFC 9457 has it; `code`, `errors` and the rest are ours.',
  });
export type Problem = z.infer<typeof Problem>;

/** What identifies the occurrence: the path that was asked for, and the request. */
export interface Occurrence {
  readonly instance: string;
  readonly requestId: string;
}

export function problemOf(error: AppError, { instance, requestId }: Occurrence): Problem {
  const { status, title, retryable } = problems[error.code];
  return {
    type: `https://docs.magmapro.in/errors/${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    instance,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
    request_id: requestId,
    retryable,
  };
}

export function problemReply(error: AppError, occurrence: Occurrence): HttpReply {
  const { status, retryable } = problems[error.code];
  const wait = error.retryAfter ?? (retryable && status === 503 ? 1 : undefined);
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...(wait === undefined ? {} : { 'Retry-After': String(wait) }),
    },
    body: JSON.stringify(problemOf(error, occurrence)),
  };
}
