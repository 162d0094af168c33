import { findCdrSummaries } from '#shared/cdrs/cdr-summary.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';
import { dropConnection, Subscription } from '#shared/live/connection.ts';
import { placesFor } from '#shared/live/interest.ts';
import { CloseSessionSockets } from '#shared/live/tasks.ts';
import { findSession } from '#shared/sessions/session-view.ts';

const SESSION_ENDED = 4410;
/** The CDR comes within seconds; sockets wait no longer than this for it. */
const CDR_GRACE_S = 30;

/** Its events, or its snapshot, have told the client why. */
export async function closeAtSessionEnd(ctx: Context, connectionId: string): Promise<void> {
  await ctx.sockets.live.close(connectionId, SESSION_ENDED, 'The session has ended.');
  await dropConnection(ctx, connectionId);
}

/** Makes sure that a session's sockets are closed even when its CDR does not come. Once per session. */
export async function closeSocketsLater(ctx: Context, sessionId: string): Promise<void> {
  const at = plusSeconds(isoNow(ctx), CDR_GRACE_S);
  try {
    await commit(ctx, {
      aggregate: { kind: 'session_sockets', id: sessionId, version: 1 },
      writes: [],
      tasks: [dueTask(ctx, CloseSessionSockets, { session_id: sessionId }, at)],
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** Closes every socket that was opened for this one session. */
export async function closeSessionSockets(ctx: Context, sessionId: string): Promise<void> {
  const [, place = ''] = placesFor({ session_id: sessionId });
  const { items } = await ctx.table.query(keys.subscriptions(ctx.tenantId, place));
  const own = items
    .map((item) => Subscription.parse(item))
    .filter(({ kind }) => kind === 'session');
  await Promise.all(own.map(({ connection_id }) => closeAtSessionEnd(ctx, connection_id)));
}

/** How far a session is over: a failed one has no CDR to wait for. */
export async function endOf(
  ctx: Context,
  sessionId: string,
): Promise<{ readonly ended: boolean; readonly billed: boolean }> {
  const whole = await findSession(ctx, sessionId);
  if (!whole || whole.live.status === 'failed') return { ended: true, billed: true };
  const ended = whole.live.status === 'ended';
  return { ended, billed: ended && (await findCdrSummaries(ctx, [sessionId])).has(sessionId) };
}
