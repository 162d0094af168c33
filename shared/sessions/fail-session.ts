import type { Command } from '#shared/commands/command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { releaseConnector, unlist } from '#shared/sessions/create-session.ts';
import { SessionFailed } from '#shared/sessions/events.ts';
import type { FailureReason, Session } from '#shared/sessions/session.ts';
import { findSession } from '#shared/sessions/session-view.ts';
import { virtualTag } from '#shared/sessions/virtual-tag.ts';

/**
 * Ends a session that has not begun. One that has is left alone. Its tag stays known: should the
 * charger begin all the same, the transaction is recorded and stopped.
 */
export async function failSession(ctx: Context, id: string, reason: FailureReason): Promise<void> {
  await changeSession(ctx, id, async ({ session, live }) => {
    if (live.status !== 'starting') return undefined;
    return {
      live: {
        ...live,
        status: 'failed',
        failure_reason: reason,
        ended_at: ctx.now().toISOString(),
      },
      events: [{ type: SessionFailed }],
      writes: [
        ...unlist(ctx, session),
        ...(await releaseConnector(ctx, session)),
        ...withdrawTag(ctx, session),
      ],
      because: `Failed: ${reason}.`,
    };
  });
}

/** One begun on a reservation was given the holder's own token, which stays good. */
function withdrawTag(ctx: Context, { id, token_uid }: Session): Write[] {
  const tag = virtualTag(id);
  if (token_uid !== tag) return [];
  const key = keys.token(ctx.tenantId, tag);
  return [{ op: 'update', key, set: { status: 'blocked' }, when: 'present' }];
}

/** The time for a start is over: if it has not begun, it has failed, and the command tells why. */
export async function checkStart(ctx: Context, id: string): Promise<void> {
  const whole = await findSession(ctx, id);
  if (whole?.live.status !== 'starting') return;
  const { command_id: commandId } = whole.session;
  const command = commandId ? await findCommand(ctx, commandId) : undefined;
  await failSession(ctx, id, command ? reasonOf(command) : 'no_response');
}

/** Why a start came to nothing, by the end of the command that asked for it. */
export function reasonOf({ status }: Pick<Command, 'status'>): FailureReason {
  if (status === 'completed') return 'cable_not_connected';
  if (status === 'rejected' || status === 'failed') return 'charger_rejected';
  return status === 'canceled' ? 'canceled' : 'no_response';
}
