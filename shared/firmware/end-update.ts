import { type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { changeUpdate } from '#shared/firmware/change-update.ts';
import { hasEnded, lastUpdate, type StoredUpdate } from '#shared/firmware/firmware-update.ts';
import { provesInstalled } from '#shared/firmware/update-progress.ts';

/** The command of an update that has ended ends with it, unless it has already. */
export async function settleUpdateCommand(ctx: Context, update: StoredUpdate): Promise<void> {
  if (hasEnded(update.status)) await settleCommand(ctx, update.command_id, outcomeOf(update));
}

function outcomeOf({ status, failure, version }: StoredUpdate): Outcome {
  if (status === 'installed')
    return { status: 'completed', outcome: 'installed', data: { version } };
  const reason = failure && `${failure.stage}: ${failure.reason}`;
  const ends = status === 'canceled' || status === 'timed_out' ? status : 'failed';
  return { status: ends, outcome: status, reason };
}

/** It should have been heard of by now. */
export async function timeOutUpdate(ctx: Context, id: string): Promise<void> {
  const now = isoNow(ctx);
  await changeUpdate(ctx, id, ({ status, started_at, deadline_at }) => {
    if (hasEnded(status) || deadline_at === null || deadline_at > now) return undefined;
    const stage = started_at === null || status === 'downloading' ? 'download' : 'install';
    return { status: 'timed_out', failure: { stage, reason: 'silent' } };
  });
}

/**
 * A charger has started and told what it runs. Where that is what an update was to bring, the update is
 * done, though nobody said so: many chargers forget it over the restart.
 */
export async function finishUpdateOnBoot(
  ctx: Context,
  chargerId: string,
  runs: string | null,
): Promise<void> {
  const update = await lastUpdate(ctx, chargerId);
  if (!update) return;
  await changeUpdate(ctx, update.id, (before) => {
    const { status, version } = before;
    if (['scheduled', 'installed', 'canceled', 'rejected'].includes(status)) return undefined;
    // What has failed is overturned by the very version alone.
    if (hasEnded(status) && version === null) return undefined;
    return provesInstalled(before, runs) ? { status: 'installed', failure: null } : undefined;
  });
}
