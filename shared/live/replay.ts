import type * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { findEventType } from '#shared/events/event.ts';
import { firstEventIdAt, timeOfEventId } from '#shared/events/event-id.ts';
import { type LogPage, type LogQuery, positionOf, readLog } from '#shared/events/event-log.ts';
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
 * Sends what followed an event, oldest first: 150 at most, and then a gap that names where to resume again;
 * nothing but the gap where the event is more than ten minutes ago. What was on its way into the log at this
 * moment is sent by a task five seconds later. `turn` must allow for {@link EVENTS_AT_MOST} frames.
 */
export async function replay(
  ctx: Context,
  connection: LiveConnection,
  turn: Turn,
  after: string,
): Promise<{ turn: Turn; result: Sent }> {
  const { connection_id: id } = connection;
  const tellGap = (from: string) => ctx.sockets.live.send(id, gapFrame(from));
  if (timeOfEventId(after) < ctx.now().getTime() - REACH_MS)
    return { turn, result: await tellGap(after) };
  const start = await positionOf(ctx, after);
  const { events, next } = await wanted(ctx, connection, { after: start, limit: EVENTS_AT_MOST });
  await completeLater(ctx, connection, after, events, next);
  // What was asked for is no flood: it begins a second of its own.
  const sent = await sendInTurn(ctx, id, { ...turn, in_second: 0 }, events);
  if (next === undefined || sent.result === 'gone') return sent;
  return { turn: sent.turn, result: await tellGap(next) };
}

const wanted = (
  ctx: Context,
  connection: LiveConnection,
  range: Pick<LogQuery, 'after' | 'limit'>,
): Promise<LogPage> =>
  readLog(ctx, {
    ...range,
    newestFirst: false,
    matches: (event) => isLive(event) && isInterestedIn(connection, headOf(event)),
  });

/** Nothing to complete where all that was read is settled. */
async function completeLater(
  ctx: Context,
  { connection_id }: LiveConnection,
  after: string,
  sent: readonly EventEnvelope[],
  next: string | undefined,
): Promise<void> {
  const now = ctx.now().getTime();
  const unsettled = firstEventIdAt(now - UNSETTLED_MS);
  if (next !== undefined && next < unsettled) return;
  const payload = {
    connection_id,
    after: after > unsettled ? after : unsettled,
    before: next ?? firstEventIdAt(now),
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
  if (!connection) return;
  // Those that were sent are among them; what is late stands further on in the log than its id says.
  const { events } = await wanted(ctx, connection, { after, limit: 2 * EVENTS_AT_MOST });
  const missing = events.filter(({ id }) => id < before && !sent.includes(id));
  if (missing.length > 0) await sendEvents(ctx, connection_id, missing);
}

const isLive = ({ type }: EventEnvelope): boolean =>
  findEventType(type)?.channels.includes('live') ?? false;

const headOf = ({ type, subject, scope }: EventEnvelope) => ({
  type,
  object: subject.object,
  scope,
});
