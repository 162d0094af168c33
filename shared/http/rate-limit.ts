import type { Context } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Table } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** The one policy: 1,000 requests in any 60 seconds, per credential. */
export const LIMIT = 1000;
export const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1000;

/** Where a credential stands after this request. */
export interface Quota {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds for which `remaining` holds: until the present window ends. */
  readonly resetSeconds: number;
  /** Seconds until one more request is let through; 0 while some are left. */
  readonly retryAfter: number;
}

/**
 * Takes one request of the credential's quota. A sliding window over two fixed ones: what the last
 * window took still counts, less the part of it that has slid out. Refused requests count nothing.
 */
export async function takeRequest(ctx: Context, credential: string): Promise<Quota> {
  const now = ctx.now().getTime();
  const window = Math.floor(now / WINDOW_MS);
  const elapsed = now - window * WINDOW_MS;
  const previous = await countOf(ctx.table, credential, window - 1);
  const max = allowance(previous, elapsed);
  const count = await ctx.table.increment(keys.rateWindow(credential, window), 'n', {
    max,
    ttl: (window + 3) * WINDOW_SECONDS,
  });
  return {
    allowed: count !== undefined,
    remaining: Math.max(0, max - (count ?? max)),
    resetSeconds: Math.ceil((WINDOW_MS - elapsed) / 1000),
    retryAfter: count === undefined ? secondsUntilOneMore(previous, max, elapsed) : 0,
  };
}

/** How many requests the credential has left, without taking one. */
export async function remainingRequests(ctx: Context, credential: string): Promise<number> {
  const now = ctx.now().getTime();
  const window = Math.floor(now / WINDOW_MS);
  const previous = await countOf(ctx.table, credential, window - 1);
  const taken = await readCount(ctx.table, keys.rateWindow(credential, window));
  return Math.max(0, allowance(previous, now - window * WINDOW_MS) - taken);
}

/** What this window may take `elapsed` ms into it, after `previous` in the one before. */
const allowance = (previous: number, elapsed: number) =>
  Math.floor(LIMIT - (previous * (WINDOW_MS - elapsed)) / WINDOW_MS);

/** When `allowance` exceeds `taken`: in this window if enough of the last slides out, else in the next. */
function secondsUntilOneMore(previous: number, taken: number, elapsed: number): number {
  const room = LIMIT - 1 - taken;
  const at =
    room >= 0 && previous > 0
      ? WINDOW_MS * (1 - room / previous)
      : WINDOW_MS * (2 - (LIMIT - 1) / taken);
  return Math.max(1, Math.ceil((at - elapsed) / 1000));
}

const MOST_CREDENTIALS = 10_000;
/** A past window's count never changes, so each process reads it once. */
const past = new WeakMap<Table, Map<string, { window: number; n: number }>>();

async function countOf(table: Table, credential: string, window: number): Promise<number> {
  const known = past.get(table) ?? new Map<string, { window: number; n: number }>();
  past.set(table, known);
  const found = known.get(credential);
  if (found?.window === window) return found.n;
  const n = await readCount(table, keys.rateWindow(credential, window));
  if (known.size >= MOST_CREDENTIALS) known.clear();
  known.set(credential, { window, n });
  return n;
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-10, and those of older clients. */
export const quotaHeaders = (quota: Quota, now: Date): Record<string, string> => ({
  'RateLimit-Policy': `"default";q=${LIMIT};w=${WINDOW_SECONDS}`,
  RateLimit: `"default";r=${quota.remaining};t=${quota.resetSeconds}`,
  'X-RateLimit-Limit': String(LIMIT),
  'X-RateLimit-Remaining': String(quota.remaining),
  'X-RateLimit-Reset': String(Math.floor(now.getTime() / 1000) + quota.resetSeconds),
});

export const tooMany = ({ retryAfter }: Quota): AppError =>
  new AppError('rate_limited', `At most ${LIMIT} requests a minute; wait ${retryAfter} s.`, {
    retryAfter,
  });
