import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';
import { ConditionFailed, type Item, type Key } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { Endpoint, HttpReply, HttpRequest } from '#shared/http/endpoint.ts';

const KEPT_SECONDS = 24 * 3600;
/** No attempt lives longer: a Lambda behind API Gateway ends after 29 seconds. */
const LOCK_SECONDS = 60;
/** A DynamoDB row holds 400 KB. */
const LONGEST_ANSWER = 300 * 1024;

const Stored = z.object({
  hash: z.string(),
  /** Names the attempt; only it may finish. */
  lock: z.string(),
  locked_until: z.string(),
  state: z.enum(['running', 'done', 'unrepeatable']),
  /** Sealed, since an answer may hold a secret that is shown once. */
  answer: z.string().optional(),
});
type Stored = z.infer<typeof Stored>;

const Answer = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** The outcome of an attempt. One that is not final (5xx, or worth a repeat) is not kept. */
export interface Attempt {
  readonly reply: HttpReply;
  readonly final: boolean;
}

/** The key of this request, undefined where it sends none. Throws invalid_request, idempotency_key_missing. */
export function readIdempotencyKey(endpoint: Endpoint, request: HttpRequest): string | undefined {
  if (request.method === 'GET') return undefined;
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    if (!endpoint.idempotencyKeyRequired) return undefined;
    throw new AppError('idempotency_key_missing', 'Send an Idempotency-Key, new for each payment.');
  }
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('invalid_request', 'The Idempotency-Key cannot be used.', {
    errors: [
      {
        field: 'Idempotency-Key',
        code: 'invalid_format',
        message: '1 to 255 printable ASCII characters.',
      },
    ],
  });
}

/**
 * Runs a write once per key and credential, for 24 hours. A repeat gets the first answer; another
 * request under the same key is refused, and so is a repeat while the first one runs.
 */
export async function once(
  ctx: Context,
  { credential, key, request }: { credential: string; key: string; request: HttpRequest },
  attempt: () => Promise<Attempt>,
): Promise<HttpReply> {
  const row = keys.idempotency(ctx.tenantId, credential, key);
  const mine: Stored = {
    hash: fingerprint(request),
    lock: ctx.newId('lock'),
    locked_until: plusSeconds(ctx.now().toISOString(), LOCK_SECONDS),
    state: 'running',
  };
  const earlier = await claim(ctx, row, mine);
  if (earlier) return replay(ctx, row, earlier);
  const { reply, final } = await attempt();
  await finish(ctx, row, mine, final ? reply : undefined);
  return reply;
}

/** Undefined when the key is now ours; else the finished attempt of this very request. */
async function claim(ctx: Context, row: Key, mine: Stored): Promise<Stored | undefined> {
  const item = itemOf(ctx, row, mine);
  if (await wrote(ctx, item, 'absent')) return undefined;
  const found = await ctx.table.get(row);
  // Released or expired since: whoever repeats once more gets it.
  if (!found) throw stillRunning(1);
  const theirs = Stored.parse(found);
  if (theirs.hash !== mine.hash)
    throw new AppError('idempotency_key_reused', 'This key was sent with another request.');
  if (theirs.state !== 'running') return theirs;
  const left = Date.parse(theirs.locked_until) - ctx.now().getTime();
  if (left > 0) throw stillRunning(Math.min(5, Math.ceil(left / 1000)));
  if (await wrote(ctx, item, { lock: theirs.lock })) return undefined;
  throw stillRunning(5);
}

async function replay(ctx: Context, row: Key, { answer, state }: Stored): Promise<HttpReply> {
  const text = answer && unseal(await sealing(ctx, row), answer);
  if (state === 'unrepeatable' || !text)
    throw new AppError('conflict', 'This was done already; its answer could not be kept.');
  const { status, headers, body } = Answer.parse(JSON.parse(text));
  return { status, headers: { ...headers, 'Idempotency-Replayed': 'true' }, body };
}

/** Keeps the answer, or lets go of the key. The caller gets its answer even where this fails. */
async function finish(ctx: Context, row: Key, mine: Stored, reply: HttpReply | undefined) {
  const when = { lock: mine.lock };
  try {
    if (!reply) return await ctx.table.write([{ op: 'delete', key: row, when }]);
    const nonce = ctx.newSecret(SEAL_NONCE_BYTES);
    const answer = seal(await sealing(ctx, row), nonce, JSON.stringify(reply));
    const done: Stored =
      answer.length > LONGEST_ANSWER
        ? { ...mine, state: 'unrepeatable' }
        : { ...mine, state: 'done', answer };
    await ctx.table.write([{ op: 'put', item: itemOf(ctx, row, done), when }]);
  } catch (error) {
    ctx.log.warn('The answer of an idempotent request was not kept', { error });
  }
}

async function wrote(ctx: Context, item: Item, when: 'absent' | { lock: string }) {
  try {
    await ctx.table.write([{ op: 'put', item, when }]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

const itemOf = (ctx: Context, row: Key, stored: Stored): Item => ({
  ...row,
  ...stored,
  ttl: Math.floor(ctx.now().getTime() / 1000) + KEPT_SECONDS,
});

const sealing = async (ctx: Context, { pk }: Key): Promise<Sealing> => ({
  secret: await ctx.cursorKey(),
  purpose: 'idempotency',
  binding: pk,
});

/** Method, path and body, and the query, which on a write is part of what it asks for. */
function fingerprint({ method, path, query, body }: HttpRequest): string {
  const sorted = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([method, path, sorted, body ?? '']));
}

const stillRunning = (retryAfter: number) =>
  new AppError('request_in_progress', 'The first request with this key has not finished.', {
    retryAfter,
  });
