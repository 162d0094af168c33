import * as z from 'zod';
import type { StoredCommand } from '#shared/commands/command.ts';
import { commandItem, queueKey } from '#shared/commands/queue-command.ts';
import { findCommand, type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import { ExpireCommand } from '#shared/commands/tasks.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

/** The one call a charger owes us an answer to. */
export const InFlight = z.object({
  command_id: z.string(),
  message_id: z.string(),
  version: z.string(),
  action: z.string(),
  /** The neutral command it carries out; one action may carry out several. */
  command_type: z.string().optional(),
});
export type InFlight = z.infer<typeof InFlight>;

export async function findInFlight(ctx: Context, chargerId: string): Promise<InFlight | undefined> {
  const item = await ctx.table.get(keys.inFlight(ctx.tenantId, chargerId));
  return item && InFlight.parse(item);
}

/**
 * Opens the lock where its call went out on a socket older than the charger's: nobody will answer it. A
 * stop is asked for anew, as it names its transaction: twice is as good as once. Whether a start
 * arrived, its time-out decides. Any other call has failed.
 */
export async function lostWithSocket(
  ctx: Context,
  { command_id, message_id }: InFlight,
  openedAt: string | null,
): Promise<boolean> {
  const command = await findCommand(ctx, command_id);
  const wasSent = command?.status === 'sent' && command.ocpp?.message_id === message_id;
  if (!wasSent || command.type === 'start_session') return false;
  if (!openedAt || !command.sent_at || command.sent_at >= openedAt) return false;
  try {
    if (command.type === 'stop_session') await unsend(ctx, { command, messageId: message_id });
    else await settleCommand(ctx, command_id, connectionLost, { messageId: message_id });
    return true;
  } catch (error) {
    // It was answered, given up or taken back meanwhile.
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

const connectionLost: Outcome = {
  status: 'failed',
  outcome: 'connection_lost',
  reason: 'The connection ended before the charger answered.',
};

interface Sent {
  readonly command: StoredCommand;
  readonly messageId: string;
}

/** The socket was gone before the call went out: back to the queue, and the lock opens. */
export async function unsend(ctx: Context, { command, messageId }: Sent): Promise<void> {
  const back: StoredCommand = {
    ...command,
    status: 'queued',
    sent_at: null,
    ocpp: null,
    updated_at: isoNow(ctx),
    resource_version: command.resource_version + 1,
  };
  await commit(ctx, {
    aggregate: { kind: 'command', id: back.id, version: back.resource_version },
    writes: [
      {
        op: 'put',
        item: commandItem(ctx, back),
        when: { resource_version: command.resource_version },
      },
      { op: 'put', item: { ...queueKey(ctx, back), command_id: back.id } },
      {
        op: 'delete',
        key: keys.inFlight(ctx.tenantId, back.charger_id),
        when: { message_id: messageId },
      },
    ],
    tasks: [dueTask(ctx, ExpireCommand, { command_id: back.id }, back.expires_at)],
  });
}
