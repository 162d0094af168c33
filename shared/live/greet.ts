import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';
import { dropConnection, findConnection, type LiveConnection } from '#shared/live/connection.ts';
import { helloFrames } from '#shared/live/frames.ts';
import { EVENTS_AT_MOST, replay } from '#shared/live/replay.ts';
import { closeAtSessionEnd, closeSocketsLater, endOf } from '#shared/live/session-end.ts';
import { snapshotOf } from '#shared/live/snapshot.ts';
import { GreetConnection } from '#shared/live/tasks.ts';
import { type Pause, type Turn, takeTurn } from '#shared/live/turn.ts';

/** The row of a connection is seen before its handshake is over; mostly that takes a few milliseconds. */
const PAUSES_MS = [10, 20, 40, 80, 160, 320];
const TRY_AGAIN_MS = 1000;
const GIVE_UP_MS = 15_000;

/** How long to try for. */
interface Patience {
  readonly pausesMs?: readonly number[];
  readonly pause?: Pause | undefined;
}
type Greeted = 'sent' | 'not_open' | 'gone';

/** Says hello with the present state, then what `resume_after` asks for; only after that come events. */
export async function greet(
  ctx: Context,
  connectionId: string,
  { pausesMs = PAUSES_MS, pause = pauseFor }: Patience = {},
): Promise<void> {
  const connection = await findConnection(ctx, connectionId);
  if (!connection) return;
  const result = await takeTurn<Greeted>(
    ctx,
    connectionId,
    EVENTS_AT_MOST,
    async (turn) =>
      turn.greeted
        ? { turn, result: 'sent' }
        : greetInTurn(ctx, connection, turn, { pausesMs, pause }),
    pause,
  );
  if (result === 'gone') await dropConnection(ctx, connectionId);
  else if (result === 'not_open') await greetLater(ctx, connection);
  else if (connection.kind === 'session') await closeIfOver(ctx, connection);
}

async function greetInTurn(
  ctx: Context,
  connection: LiveConnection,
  before: Turn,
  patience: Required<Patience>,
): Promise<{ turn: Turn; result: Greeted }> {
  const [hello = '', ...rest] = helloFrames(ctx, connection, await snapshotOf(ctx, connection));
  if (!(await sendWhenOpen(ctx, connection, hello, patience)))
    return { turn: before, result: 'not_open' };
  for (const frame of rest) await ctx.sockets.live.send(connection.connection_id, frame);
  const turn = { ...before, greeted: true };
  return connection.resume_after === null
    ? { turn, result: 'sent' }
    : replay(ctx, connection, turn, connection.resume_after);
}

async function sendWhenOpen(
  ctx: Context,
  { connection_id }: LiveConnection,
  frame: string,
  { pausesMs, pause = pauseFor }: Required<Patience>,
): Promise<boolean> {
  for (const ms of [...pausesMs, undefined]) {
    if ((await ctx.sockets.live.send(connection_id, frame)) === 'sent') return true;
    // A client that has gone already is not waited for.
    if (ms === undefined || !(await findConnection(ctx, connection_id))) return false;
    await pause(ms);
  }
  return false;
}

async function greetLater(
  ctx: Context,
  { connection_id, connected_at }: LiveConnection,
): Promise<void> {
  const now = ctx.now().getTime();
  if (now - Date.parse(connected_at) > GIVE_UP_MS) return dropConnection(ctx, connection_id);
  const at = new Date(now + TRY_AGAIN_MS).toISOString();
  await commit(ctx, {
    aggregate: { kind: 'greeting', id: ctx.newId('greeting'), version: 1 },
    writes: [],
    tasks: [dueTask(ctx, GreetConnection, { connection_id }, at)],
  });
}

/** A session that ended while its socket was being opened. */
async function closeIfOver(ctx: Context, { connection_id, filter }: LiveConnection): Promise<void> {
  const [sessionId = ''] = filter.session_id ?? [];
  const { ended, billed } = await endOf(ctx, sessionId);
  if (billed) await closeAtSessionEnd(ctx, connection_id);
  else if (ended) await closeSocketsLater(ctx, sessionId);
}
