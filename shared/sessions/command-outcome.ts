import { type Command, isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import { failSession, reasonOf } from '#shared/sessions/fail-session.ts';

/** What a session makes of the end of the command that should start or stop it. It may be told twice. */
export async function sessionCommandEnded(ctx: Context, command: StoredCommand): Promise<void> {
  const { serves, status, type } = command;
  if (!serves || !isTerminal(status) || status === 'completed') return;
  if (type === 'start_session') await failSession(ctx, serves.id, reasonOf(command));
  if (type === 'stop_session') await stopRefused(ctx, serves.id, command);
}

/** The charger would not stop: it charges on, and we say so. */
async function stopRefused(
  ctx: Context,
  sessionId: string,
  { id, status: how }: Command,
): Promise<void> {
  await changeSession(ctx, sessionId, ({ live }) => {
    if (live.status !== 'stopping' || live.stop_command_id !== id) return undefined;
    const status = live.suspended_by ? 'suspended' : 'charging';
    return {
      live: { ...live, status, stop_pending: false, stop_command_id: null, stop_reason: null },
      events: [{ type: SessionUpdated }],
      because: `The charger did not stop (${how}).`,
    };
  });
}
