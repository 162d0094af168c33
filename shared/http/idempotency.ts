import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { AppError, hasCode } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';
import { type Condition, ConditionFailed, type Item, type Key } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { HttpReply, HttpRequest } from '#shared/http/endpoint.ts';
import {
  doneBy,
  Mark,
  markerOf,
  type Recall,
  unrepeatable,
  type Work,
} from '#shared/http/lost-answer.ts';

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
  ...Mark.shape,
  /** Sealed, since an answer may hold a secret that is shown once. */
  answer: z.string().optional(),
});
type Stored = z.infer<typeof Stored>;

const Answer = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/**
 * Runs a write once per key and credential, for 24 hours. A repeat gets the first answer; another
 * request under the same key is refused, and so is a repeat while the first one runs.
 */
export async function once(
  ctx: Context,
  { credential, key, request }: { credential: string; key: string; request: HttpRequest },
  { attempt, recall, doneWith }: Work,
): Promise<HttpReply> {
  const row = keys.idempotency(ctx.tenantId, credential, key);
  const mine: Stored = {
    hash: fingerprint(request),
    lock: ctx.newId('lock'),
    locked_until: plusSeconds(ctx.now().toISOString(), LOCK_SECONDS),
    state: 'running',
  };
  const earlier = await claim(ctx, row, mine);
  if (earlier && earlier.state !== 'running') return replay(ctx, row, earlier);
  const done = earlier && doneBy(earlier);
  if (done && recall) return again(ctx, row, mine, () => recall(done));
  const within = recall ? { ...ctx, marker: markerOf(row, mine.lock, doneWith) } : ctx;
  const { reply, final } = await attempt(within);
  if (final || !recall) {
    await finish(ctx, row, mine, final ? reply : undefined);
    return reply;
  }
  return afterFailure(ctx, row, mine, { reply, recall });
}

/**
 * An attempt that failed may have done all the same what it was asked for: then it is answered, and
 * not undone. Else it lets go of the key.
 */
async function afterFailure(
  ctx: Context,
  row: Key,
  mine: Stored,
  { reply, recall }: { reply: HttpReply; recall: Recall },
): Promise<HttpReply> {
  try {
    const found = Stored.parse(await ctx.table.get(row));
    const done = doneBy(found);
    if (done && found.lock === mine.lock) return await again(ctx, row, mine, () => recall(done));
    await finish(ctx, row, mine, undefined);
  } catch (error) {
    if (hasCode(error, 'conflict')) throw error;
    // The lock ends by itself, and the next repeat looks again.
    ctx.log.warn('What a failed request has done is not known', { error });
  }
  return reply;
}

/** The answer to what was done, kept like any other. */
async function again(
  ctx: Context,
  row: Key,
  mine: Stored,
  recall: () => Promise<HttpReply>,
): Promise<HttpReply> {
  try {
    const reply = await recall();
    await finish(ctx, row, mine, reply);
    return reply;
  } catch (error) {
    if (hasCode(error, 'conflict')) await keep(ctx, row, { ...mine, state: 'unrepeatable' });
    throw error;
  }
}

/**
 * Undefined when the key is now ours and nothing is done; else the attempt of this very request that is
 * finished, or that did its work and died, and whose key is now ours.
 */
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
  const { done_kind, done_id } = theirs;
  if (!(await wrote(ctx, { ...item, done_kind, done_id }, { lock: theirs.lock, done_id })))
    throw stillRunning(5);
  return done_id === undefined ? undefined : theirs;
}

async function replay(ctx: Context, row: Key, { answer, state }: Stored): Promise<HttpReply> {
  const text = answer && unseal(await sealing(ctx, row), answer);
  if (state === 'unrepeatable' || !text) throw unrepeatable();
  const { status, headers, body } = Answer.parse(JSON.parse(text));
  return { status, headers: { ...headers, 'Idempotency-Replayed': 'true' }, body };
}

/** Keeps the answer, or lets go of the key. The caller gets its answer even where this fails. */
async function finish(ctx: Context, row: Key, mine: Stored, reply: HttpReply | undefined) {
  try {
    const when = { lock: mine.lock, done_id: undefined };
    if (!reply) return await ctx.table.write([{ op: 'delete', key: row, when }]);
    const nonce = ctx.newSecret(SEAL_NONCE_BYTES);
    const answer = seal(await sealing(ctx, row), nonce, JSON.stringify(reply));
    const done: Stored =
      answer.length > LONGEST_ANSWER
        ? { ...mine, state: 'unrepeatable' }
        : { ...mine, state: 'done', answer };
    await keep(ctx, row, done);
  } catch (error) {
    ctx.log.warn('The answer of an idempotent request was not kept', { error });
  }
}

const keep = (ctx: Context, row: Key, done: Stored): Promise<void> =>
  ctx.table.write([{ op: 'put', item: itemOf(ctx, row, done), when: { lock: done.lock } }]);

async function wrote(ctx: Context, item: Item, when: Condition) {
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
