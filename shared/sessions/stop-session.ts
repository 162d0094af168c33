import { findConnection } from '#shared/chargers/connectivity.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import { DispatchCommands, ExpireCommand } from '#shared/commands/tasks.ts';
import type { Context } from '#shared/core/context.ts';
import { refuseToDrivers } from '#shared/core/driver-access.ts';
import { notFound } from '#shared/core/errors.ts';
import { dueTask } from '#shared/events/task.ts';
import { changeSession, type Step } from '#shared/sessions/change-session.ts';
import { SessionLimitReached, SessionStopping, SessionUpdated } from '#shared/sessions/events.ts';
import { failSession } from '#shared/sessions/fail-session.ts';
import type { StopReason } from '#shared/sessions/session.ts';
import {
  getSession,
  getSessionView,
  type SessionView,
  type WholeSession,
} from '#shared/sessions/session-view.ts';
import { stopsAt } from '#shared/sessions/time-limit.ts';

/**
 * Asks the charger to stop. A session not begun yet is canceled at once; one that is over, or stopping
 * already, stays as it is. Throws not_found, insufficient_scope for a reason that no driver gives.
 */
export async function stopSession(
  ctx: Context,
  id: string,
  reason: StopReason = 'remote',
): Promise<SessionView> {
  const { session, live } = await getSession(ctx, id);
  refuseToDrivers(ctx, { reason: reason === 'remote' ? undefined : reason });
  if (live.status === 'starting') {
    if (session.command_id)
      await settleCommand(ctx, session.command_id, { status: 'canceled', outcome: 'canceled' });
    await failSession(ctx, id, 'canceled');
  } else {
    await askToStop(ctx, id, reason);
  }
  return getSessionView(ctx, id);
}

async function askToStop(ctx: Context, id: string, reason: StopReason): Promise<void> {
  const { session } = await getSession(ctx, id);
  const connection = await findConnection(ctx, session.charger_id);
  const reachable = connection?.state === 'online';
  const whole = await changeSession(ctx, id, (now) => stopStep(ctx, now, reason, reachable));
  if (!whole) throw notFound('Session');
}

function stopStep(
  ctx: Context,
  { session, live }: WholeSession,
  reason: StopReason,
  reachable: boolean,
): Step | undefined {
  if (live.status !== 'charging' && live.status !== 'suspended') return undefined;
  const { command, writes } = newCommand(ctx, {
    type: 'stop_session',
    chargerId: session.charger_id,
    connector: session.connector,
    sessionId: session.id,
    serves: { kind: 'session', id: session.id },
    input: { transaction_id: live.transaction_id },
  });
  const limited = reason.startsWith('limit_');
  return {
    live: {
      ...live,
      status: 'stopping',
      stop_reason: reason,
      stop_pending: !reachable,
      stop_command_id: command.id,
    },
    events: [
      { type: SessionStopping },
      { type: SessionUpdated },
      ...(limited ? [{ type: SessionLimitReached }] : []),
    ],
    writes,
    tasks: [
      reachable
        ? dueTask(ctx, DispatchCommands, { charger_id: session.charger_id })
        : dueTask(ctx, ExpireCommand, { command_id: command.id }, command.expires_at),
    ],
    because: reachable
      ? `Stop requested (${reason}).`
      : `Stop requested (${reason}); the charger is offline.`,
  };
}

/** A time limit has come: stops the session if it is still due then. */
export async function enforceTimeLimit(ctx: Context, id: string): Promise<void> {
  const { session, live } = await getSession(ctx, id);
  const at = stopsAt(session, live);
  const running = live.status === 'charging' || live.status === 'suspended';
  if (running && at && at <= ctx.now().toISOString()) await askToStop(ctx, id, 'limit_time');
}
