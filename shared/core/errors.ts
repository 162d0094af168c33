/** Every failure a caller may see. The code is the contract; HTTP, OCPP and OCPI each map it once. */
export type ErrorCode =
  | 'invalid_request'
  | 'validation_failed'
  | 'unauthenticated'
  | 'insufficient_scope'
  | 'site_restricted'
  | 'not_found'
  | 'gone'
  | 'conflict'
  | 'etag_mismatch'
  | 'payload_too_large'
  | 'method_not_allowed'
  | 'unsupported_media_type'
  | 'idempotency_key_missing'
  | 'idempotency_key_reused'
  | 'request_in_progress'
  | 'rate_limited'
  | 'charger_offline'
  | 'charger_not_registered'
  | 'connector_in_use'
  | 'connector_unavailable'
  | 'connector_faulted'
  | 'capability_not_supported'
  | 'command_rejected'
  | 'command_timeout'
  | 'authorization_rejected'
  | 'tariff_not_found'
  | 'tariff_override_not_allowed'
  | 'session_not_active'
  | 'reservation_conflict'
  | 'sandbox_only'
  | 'live_only'
  | 'internal_error'
  | 'service_unavailable';

/** One thing wrong with one field. `field` is a dotted path into the body, query or path. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  /** Seconds after which a repeat may succeed. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { errors?: readonly FieldError[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
  }
}

export const notFound = (what: string) => new AppError('not_found', `${what} not found.`);
export const conflict = (message: string) => new AppError('conflict', message);

/** True for an AppError with this code. */
export const hasCode = (error: unknown, code: ErrorCode): error is AppError =>
  error instanceof AppError && error.code === code;
