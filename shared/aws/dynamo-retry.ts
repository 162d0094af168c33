import { setTimeout as pause } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { AppError } from '#shared/core/errors.ts';
import { tooLarge } from '#shared/db/check-writes.ts';

const ATTEMPTS = 7;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 800;
const RETRY_AFTER_SECONDS = 1;

/** What passes by itself: another transaction on the same row, or more traffic than a partition takes. */
const PASSING_ERRORS = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ReplicatedWriteConflictException',
]);
const PASSING_REASONS = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
const TOO_LARGE = /size.*exceed|exceed.*size/i;

export type Pause = (ms: number) => Promise<unknown>;

/** Thrown inside `retrying` to be tried again, when an answer and not an error says so. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/** Runs a call until it passes, a few seconds at most in all; then `service_unavailable`. */
export async function retrying<T>(call: () => Promise<T>, wait: Pause = pause): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw translated(error);
      if (attempt === ATTEMPTS) throw tooBusy(error);
      await wait(jitter(attempt));
    }
  }
}

export const tooBusy = (cause?: unknown) =>
  new AppError('service_unavailable', 'The storage is too busy at the moment. Try again.', {
    retryAfter: RETRY_AFTER_SECONDS,
    cause,
  });

/** Anywhere up to a bound that doubles, so that those who collided do not collide again. */
const jitter = (attempt: number) =>
  Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);

function isPassing(error: unknown): boolean {
  if (error instanceof TryAgain) return true;
  if (error instanceof TransactionCanceledException) {
    const codes = reasonsOf(error).map(({ Code }) => Code ?? 'None');
    const bad = codes.filter((code) => code !== 'None');
    return bad.length > 0 && bad.every((code) => PASSING_REASONS.has(code));
  }
  return error instanceof Error && PASSING_ERRORS.has(error.name);
}

export const reasonsOf = (error: TransactionCanceledException) => error.CancellationReasons ?? [];

function translated(error: unknown): unknown {
  if (error instanceof TransactionCanceledException) {
    const messages = reasonsOf(error).map(({ Message }) => Message ?? '');
    return messages.some((message) => TOO_LARGE.test(message)) ? tooLarge(error) : error;
  }
  const isValidation = error instanceof Error && error.name === 'ValidationException';
  return isValidation && TOO_LARGE.test(error.message) ? tooLarge(error) : error;
}
