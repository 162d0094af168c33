import type { Context } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Table } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** How many requests a minute, by what they ask for. */
export const policies = {
  /** Anything, per credential. */
  default: 1000,
  /** What makes one charger do something, per charger, whoever asks. */
  device: 60,
  /** What makes us read or send a great deal, per credential. */
  export: 30,
} as const;
export type Policy = keyof typeof policies;

export const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1000;

/** Where somebody stands after this request. */
export interface Quota {
  readonly policy: Policy;
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds for which `remaining` holds: until the present window ends. */
  readonly resetSeconds: number;
  /** Seconds until one more request is let through; 0 while some are left. */
  readonly retryAfter: number;
}

/**
 * Takes one request of `whose` quota: a credential's, or what else the policy counts by. A sliding window over two fixed ones: what the last
 * window took still counts, less the part of it that has slid out. Refused requests count nothing.
 */
export async function takeRequest(
  ctx: Context,
  whose: string,
  policy: Policy = 'default',
): Promise<Quota> {
  const name = nameOf(whose, policy);
  const limit = policies[policy];
  const now = ctx.now().getTime();
  const window = Math.floor(now / WINDOW_MS);
  const elapsed = now - window * WINDOW_MS;
  const previous = await countOf(ctx.table, name, window - 1);
  const max = allowance(limit, previous, elapsed);
  const count = await ctx.table.increment(keys.rateWindow(name, window), 'n', {
    max,
    ttl: (window + 3) * WINDOW_SECONDS,
  });
  return {
    policy,
    allowed: count !== undefined,
    remaining: Math.max(0, max - (count ?? max)),
    resetSeconds: Math.ceil((WINDOW_MS - elapsed) / 1000),
    retryAfter: count === undefined ? secondsUntilOneMore(limit, previous, max, elapsed) : 0,
  };
}

/** How many requests the credential has left, without taking one. */
export async function remainingRequests(ctx: Context, credential: string): Promise<number> {
  const now = ctx.now().getTime();
  const window = Math.floor(now / WINDOW_MS);
  const previous = await countOf(ctx.table, credential, window - 1);
  const taken = await readCount(ctx.table, keys.rateWindow(credential, window));
  return Math.max(0, allowance(policies.default, previous, now - window * WINDOW_MS) - taken);
}

/** The rows of the default policy have the names they always had. */
const nameOf = (whose: string, policy: Policy) =>
  policy === 'default' ? whose : `${policy}#${whose}`;

/** What this window may take `elapsed` ms into it, after `previous` in the one before. */
const allowance = (limit: number, previous: number, elapsed: number) =>
  Math.floor(limit - (previous * (WINDOW_MS - elapsed)) / WINDOW_MS);

/** When `allowance` exceeds `taken`: in this window if enough of the last slides out, else in the next. */
function secondsUntilOneMore(
  limit: number,
  previous: number,
  taken: number,
  elapsed: number,
): number {
  const room = limit - 1 - taken;
  const at =
    room >= 0 && previous > 0
      ? WINDOW_MS * (1 - room / previous)
      : WINDOW_MS * (2 - (limit - 1) / taken);
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

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers-10, which name every quota the request took from,
 * and those of older clients, which know one: the credential's.
 */
export function quotaHeaders(quotas: readonly Quota[], now: Date): Record<string, string> {
  const [own] = quotas;
  const each = (tell: (quota: Quota) => string) => quotas.map(tell).join(', ');
  return {
    'RateLimit-Policy': each(({ policy: p }) => `"${p}";q=${policies[p]};w=${WINDOW_SECONDS}`),
    RateLimit: each((q) => `"${q.policy}";r=${q.remaining};t=${q.resetSeconds}`),
    ...(own && {
      'X-RateLimit-Limit': String(policies[own.policy]),
      'X-RateLimit-Remaining': String(own.remaining),
      'X-RateLimit-Reset': String(Math.floor(now.getTime() / 1000) + own.resetSeconds),
    }),
  };
}

/** What a policy's number counts. */
export const quotaSubjects: Record<Policy, string> = {
  default: 'requests a minute',
  device: 'commands a minute for one charger',
  export: 'requests of this kind a minute',
};

export const tooMany = ({ policy, retryAfter }: Quota): AppError =>
  new AppError(
    'rate_limited',
    `At most ${policies[policy]} ${quotaSubjects[policy]}; wait ${retryAfter} s.`,
    { retryAfter },
  );
