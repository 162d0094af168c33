import type * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { findEventType } from '#shared/events/event.ts';
import { firstEventIdAt, timeOfEventId } from '#shared/events/event-id.ts';
import { positionOf, readLog } from '#shared/events/event-log.ts';
import { dueTask } from '#shared/events/task.ts';
import { findConnection, type LiveConnection } from '#shared/live/connection.ts';
import { gapFrame } from '#shared/live/frames.ts';
import { isInterestedIn } from '#shared/live/interest.ts';
import { type Sent, sendEvents, sendInTurn } from '#shared/live/send-events.ts';
import { CompleteReplay } from '#shared/live/tasks.ts';
import type { Turn } from '#shared/live/turn.ts';

export const REACH_MS = 10 * 60_000;
export const EVENTS_AT_MOST = 150;
/** What happened this long before a replay may still be on its way into the log. */
const UNSETTLED_MS = 10_000;
const COMPLETED_AFTER_MS = 5000;

/**
 * Sends what followed an event, oldest first; a gap where that is more than ten minutes or 150 events ago.
 * What was on its way into the log at this moment is sent by a task five seconds later. `turn` must allow
 * for {@link EVENTS_AT_MOST} frames.
 */
export async function replay(
  ctx: Context,
  connection: LiveConnection,
  turn: Turn,
  after: string,
): Promise<{ turn: Turn; result: Sent }> {
  const { connection_id } = connection;
  const now = ctx.now().getTime();
  const found =
    timeOfEventId(after) < now - REACH_MS
      ? undefined
      : await wanted(ctx, connection, await positionOf(ctx, after));
  if (!found) {
    const result = await ctx.sockets.live.send(connection_id, gapFrame(after));
    return { turn, result };
  }
  await completeLater(ctx, connection, after, found);
  return sendInTurn(ctx, connection_id, turn, found);
}

/** Undefined where there are too many. */
async function wanted(
  ctx: Context,
  connection: LiveConnection,
  after: string,
): Promise<EventEnvelope[] | undefined> {
  const { events, next } = await readLog(ctx, {
    after,
    newestFirst: false,
    limit: EVENTS_AT_MOST,
    matches: (event) => isLive(event) && isInterestedIn(connection, headOf(event)),
  });
  return next === undefined ? events : undefined;
}

async function completeLater(
  ctx: Context,
  { connection_id }: LiveConnection,
  after: string,
  sent: readonly EventEnvelope[],
): Promise<void> {
  const now = ctx.now().getTime();
  const unsettled = firstEventIdAt(now - UNSETTLED_MS);
  const payload = {
    connection_id,
    after: after > unsettled ? after : unsettled,
    before: firstEventIdAt(now),
    sent: sent.map(({ id }) => id).filter((id) => id > unsettled),
  };
  const at = new Date(now + COMPLETED_AFTER_MS).toISOString();
  await commit(ctx, {
    aggregate: { kind: 'replay', id: ctx.newId('replay'), version: 1 },
    writes: [],
    tasks: [dueTask(ctx, CompleteReplay, payload, at)],
  });
}

/** The rest of a replay: what had happened when it was made, and reached the log only now. */
export async function completeReplay(
  ctx: Context,
  { connection_id, after, before, sent }: z.output<(typeof CompleteReplay)['payload']>,
): Promise<void> {
  const connection = await findConnection(ctx, connection_id);
  const found = connection && (await wanted(ctx, connection, after));
  const missing = found?.filter(({ id }) => id < before && !sent.includes(id)) ?? [];
  if (missing.length > 0) await sendEvents(ctx, connection_id, missing);
}

const isLive = ({ type }: EventEnvelope): boolean =>
  findEventType(type)?.channels.includes('live') ?? false;

const headOf = ({ type, subject, scope }: EventEnvelope) => ({
  type,
  object: subject.object,
  scope,
});
