import { type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { changeUpdate } from '#shared/firmware/change-update.ts';
import { hasEnded, type StoredUpdate } from '#shared/firmware/firmware-update.ts';

/**
 * Looks how an update stands: one of which nothing was heard for too long has timed out. Of one that has
 * ended the command ends with it, unless it has already; that update is the answer.
 */
export async function lookAfterUpdate(ctx: Context, id: string): Promise<StoredUpdate | undefined> {
  const now = isoNow(ctx);
  const update = await changeUpdate(ctx, id, ({ status, started_at, deadline_at }) => {
    if (hasEnded(status) || deadline_at === null || deadline_at > now) return undefined;
    const stage = started_at === null || status === 'downloading' ? 'download' : 'install';
    return { status: 'timed_out', failure: { stage, reason: 'silent' } };
  });
  if (!update || !hasEnded(update.status)) return undefined;
  await settleCommand(ctx, update.command_id, outcomeOf(update));
  return update;
}

function outcomeOf({ status, failure, version }: StoredUpdate): Outcome {
  if (status === 'installed')
    return { status: 'completed', outcome: 'installed', data: { version } };
  const reason = failure && `${failure.stage}: ${failure.reason}`;
  const ends = status === 'canceled' || status === 'timed_out' ? status : 'failed';
  return { status: ends, outcome: status, reason };
}
