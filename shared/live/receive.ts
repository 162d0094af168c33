import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { mayRead } from '#shared/events/may-read-event.ts';
import {
  changeInterest,
  dropConnection,
  findConnection,
  type LiveConnection,
} from '#shared/live/connection.ts';
import { ClientFrame } from '#shared/live/frame-schemas.ts';
import { errorFrame, helloFrames, MAX_FRAME_BYTES, pongFrame } from '#shared/live/frames.ts';
import { EVENTS_AT_MOST, replay } from '#shared/live/replay.ts';
import { snapshotOf } from '#shared/live/snapshot.ts';
import { TOPICS, type Topic } from '#shared/live/topics.ts';
import { takeTurn } from '#shared/live/turn.ts';

const BAD_FRAME = 4400;

/** Answers a frame of a client. One that cannot be read ends the connection. */
export async function receiveFrame(
  ctx: Context,
  connectionId: string,
  text: string,
): Promise<void> {
  const frame = parse(text);
  if (!frame) return refuseFrame(ctx, connectionId);
  if (frame.action === 'ping') return send(ctx, connectionId, pongFrame(ctx));
  const connection = await findConnection(ctx, connectionId);
  if (!connection) return ctx.sockets.live.close(connectionId);
  switch (frame.action) {
    case 'resume':
      return resume(ctx, connection, frame.after);
    case 'subscribe':
      return subscribe(ctx, connection, frame);
    case 'unsubscribe':
      return unsubscribe(ctx, connection, frame.topics);
  }
}

/** A gateway that cannot send the close code lets the frame before it say why. */
async function refuseFrame(ctx: Context, connectionId: string): Promise<void> {
  const words = 'Not a frame of this protocol.';
  await ctx.sockets.live.send(connectionId, errorFrame('bad_frame', words));
  await ctx.sockets.live.close(connectionId, BAD_FRAME, words);
  await dropConnection(ctx, connectionId);
}

function parse(text: string): ClientFrame | undefined {
  if (Buffer.byteLength(text) > MAX_FRAME_BYTES) return undefined;
  try {
    return ClientFrame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function resume(ctx: Context, connection: LiveConnection, after: string): Promise<void> {
  const { connection_id } = connection;
  await takeTurn(ctx, connection_id, EVENTS_AT_MOST, (turn) =>
    replay(ctx, connection, turn, after),
  );
}

/** More topics, and a filter in place of the one there was. Answered by a new hello. */
async function subscribe(
  ctx: Context,
  { connection_id, kind, scopes }: LiveConnection,
  { topics: added, filter }: Extract<ClientFrame, { action: 'subscribe' }>,
): Promise<void> {
  if (kind === 'session')
    return refuse(ctx, connection_id, 'not_allowed', 'This URL is for one session; get a ticket.');
  const closed = added.find((topic) => !TOPICS[topic].objects.some((o) => mayRead(scopes, o)));
  if (closed)
    return refuse(ctx, connection_id, 'insufficient_scope', `Not for this credential: ${closed}.`);
  await change(ctx, connection_id, (before) => ({
    topics: [...new Set([...before.topics, ...added])],
    filter: filter ?? before.filter,
  }));
}

async function unsubscribe(
  ctx: Context,
  { connection_id, kind }: LiveConnection,
  removed: readonly Topic[],
): Promise<void> {
  if (kind === 'session')
    return refuse(ctx, connection_id, 'not_allowed', 'This URL is for one session; close it.');
  await change(ctx, connection_id, (before) => ({
    topics: before.topics.filter((topic) => !removed.includes(topic)),
    filter: before.filter,
  }));
}

async function change(
  ctx: Context,
  connectionId: string,
  next: (before: LiveConnection) => Pick<LiveConnection, 'topics' | 'filter'>,
): Promise<void> {
  const connection = await retrying(async () => {
    const before = await findConnection(ctx, connectionId);
    return before && changeInterest(ctx, before, next(before));
  });
  if (!connection) return;
  const snapshot = await snapshotOf(ctx, connection);
  await takeTurn(ctx, connectionId, 0, async (turn) => {
    for (const frame of helloFrames(ctx, connection, snapshot))
      await ctx.sockets.live.send(connectionId, frame);
    return { turn, result: undefined };
  });
}

const refuse = (
  ctx: Context,
  connectionId: string,
  code: Parameters<typeof errorFrame>[0],
  message: string,
) => send(ctx, connectionId, errorFrame(code, message));

async function send(ctx: Context, connectionId: string, frame: string): Promise<void> {
  if ((await ctx.sockets.live.send(connectionId, frame)) === 'gone')
    await dropConnection(ctx, connectionId);
}
