import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { eventFrame, gapFrame, isTooBig, safelyBefore } from '#shared/live/frames.ts';
import { type Pause, type Turn, takeTurn } from '#shared/live/turn.ts';

export const EVENTS_PER_SECOND = 200;

export type Sent = 'sent' | 'gone';

/** How it went, and what of a session's end the connection has been told by now. */
export interface Delivered {
  readonly result: Sent;
  readonly ended: boolean;
  readonly billed: boolean;
}
const nobody: Delivered = { result: 'gone', ended: false, billed: false };

/** Sends events to a connection that has been greeted; to one that has not, its snapshot will tell. */
export async function sendEvents(
  ctx: Context,
  connectionId: string,
  events: readonly EventEnvelope[],
  pause?: Pause,
): Promise<Delivered> {
  const delivered = await takeTurn<Delivered>(
    ctx,
    connectionId,
    events.length,
    async (before) => {
      if (!before.greeted) return { turn: before, result: { ...nobody, result: 'sent' } };
      const { turn, result } = await sendInTurn(ctx, connectionId, before, events);
      const { ended, billed } = turn;
      return { turn, result: { result, ended, billed } };
    },
    pause,
  );
  return delivered ?? nobody;
}

/** For who holds the turn. What the connection cannot take, or takes no more of, becomes a gap. */
export async function sendInTurn(
  ctx: Context,
  connectionId: string,
  before: Turn,
  events: readonly EventEnvelope[],
): Promise<{ turn: Turn; result: Sent }> {
  let turn = before;
  for (const event of events) {
    const step = await sendOne(ctx, connectionId, counted(ctx, turn), event);
    turn = step.turn;
    if (step.result === 'gone') return step;
  }
  return { turn, result: 'sent' };
}

async function sendOne(
  ctx: Context,
  connectionId: string,
  turn: Turn,
  event: EventEnvelope,
): Promise<{ turn: Turn; result: Sent }> {
  const isGap = turn.lost || turn.in_second === EVENTS_PER_SECOND + 1;
  const gap = gapFrame(safelyBefore(turn.last_event_id ?? event.id));
  const seq = turn.seq + 1;
  const frame = eventFrame(seq, event);
  const frames = [
    ...(isGap ? [gap] : []),
    ...(turn.in_second > EVENTS_PER_SECOND ? [] : [isTooBig(frame) ? gap : frame]),
  ];
  try {
    for (const each of frames) {
      if ((await ctx.sockets.live.send(connectionId, each)) === 'gone')
        return { turn, result: 'gone' };
    }
  } catch (error) {
    ctx.log.warn('A frame could not be sent', { connectionId, event: event.id, error });
    return { turn: { ...turn, seq, lost: true }, result: 'sent' };
  }
  const after = told({ ...turn, lost: false }, event);
  const wasSent = frames.includes(frame);
  return {
    turn: wasSent ? { ...after, seq, last_event_id: event.id } : after,
    result: 'sent',
  };
}

function told(turn: Turn, { type }: EventEnvelope): Turn {
  if (type === 'session.failed') return { ...turn, ended: true, billed: true };
  if (type === 'session.ended') return { ...turn, ended: true };
  return type === 'cdr.created' ? { ...turn, billed: true } : turn;
}

/** One more event in this second. */
function counted(ctx: Context, turn: Turn): Turn {
  const second = Math.floor(ctx.now().getTime() / 1000);
  return { ...turn, second, in_second: turn.second === second ? turn.in_second + 1 : 1 };
}
