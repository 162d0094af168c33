import { setTimeout as pauseFor } from 'node:timers/promises';
import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed, type Item, type Key, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

export type Pause = (ms: number) => Promise<unknown>;

/** What is shared by all who send to a connection. */
const Turn = z.object({
  /** The number of the last event frame. */
  seq: z.int().default(0),
  /** Before the greeting nothing else may be sent. */
  greeted: z.boolean().default(false),
  last_event_id: z.string().nullable().default(null),
  /** Frames may never have arrived: before the next one the client is told of a gap. */
  lost: z.boolean().default(false),
  /** Event frames of this second. */
  second: z.int().default(0),
  in_second: z.int().default(0),
  /** What has been told of a session's end; both, and its own sockets are closed. */
  ended: z.boolean().default(false),
  billed: z.boolean().default(false),
  holder: z.string().optional(),
  held_until: z.string().optional(),
});
/** The turn as its holder uses it. What it changes is stored when it is done. */
export type Turn = Omit<z.infer<typeof Turn>, 'holder' | 'held_until'>;

/** Longer than any holder needs. One that has died blocks a connection no longer than this. */
const HELD_MS = 10_000;
const WAIT_MS = 20;
const WAITS_AT_MOST = 200;

export const newTurn = (connectionId: string, ttl: number): Item => ({
  ...keys.liveTurn(connectionId),
  ...Turn.parse({}),
  ttl,
});

/**
 * Runs `send` alone: many functions push to one connection at a time, and frames must arrive in the order
 * of their numbers. `frames` is how many numbers it may use; they are taken first, so that a holder that
 * dies leaves a jump in the numbers and never a number twice. Answers undefined for a connection that is no
 * more.
 */
export async function takeTurn<T>(
  ctx: Context,
  connectionId: string,
  frames: number,
  send: (turn: Turn) => Promise<{ turn: Turn; result: T }>,
  pause: Pause = pauseFor,
): Promise<T | undefined> {
  const key = keys.liveTurn(connectionId);
  const me = ctx.newId('turn');
  for (let wait = 0; wait < WAITS_AT_MOST; wait++) {
    const row = await ctx.table.get(key);
    if (!row) return undefined;
    const { holder, held_until, ...turn } = Turn.parse(row);
    const now = ctx.now().getTime();
    const isFree = holder === undefined || Date.parse(held_until ?? '') <= now;
    const until = new Date(now + HELD_MS).toISOString();
    const counted = { ...turn, seq: turn.seq + frames };
    const taken =
      isFree &&
      (await done(ctx, {
        op: 'update',
        key,
        set: { seq: counted.seq, holder: me, held_until: until },
        // The number too, for a row that is gone has no holder either.
        when: { holder, seq: turn.seq },
      }));
    // A holder who died may have counted frames that were never sent.
    const lost = turn.lost || holder !== undefined;
    if (taken) return use(ctx, key, me, { ...counted, lost: true }, () => send({ ...turn, lost }));
    await pause(WAIT_MS);
  }
  throw new Error(`Nobody gave back the turn of ${connectionId}`);
}

/** Gives the turn back whatever happens; who took too long has nothing to give back any more. */
async function use<T>(
  ctx: Context,
  key: Key,
  me: string,
  afterFailure: Turn,
  send: () => Promise<{ turn: Turn; result: T }>,
): Promise<T> {
  const giveBack = (turn: Turn) =>
    done(ctx, {
      op: 'update',
      key,
      set: turn,
      remove: ['holder', 'held_until'],
      when: { holder: me },
    });
  try {
    const { turn, result } = await send();
    await giveBack(turn);
    return result;
  } catch (error) {
    await giveBack(afterFailure);
    throw error;
  }
}

/** False where the condition does not hold. */
async function done(ctx: Context, write: Write): Promise<boolean> {
  try {
    await ctx.table.write([write]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
