import { batchTtl } from '#shared/command-batches/command-batch.ts';
import { RunCommandBatch } from '#shared/command-batches/tasks.ts';
import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

/** A command of a batch has ended: it is counted, once, and with that the batch goes on, in its own time. */
export async function followBatch(ctx: Context, command: StoredCommand): Promise<void> {
  const { id, batch_id, status, parked, created_at } = command;
  if (!batch_id || !isTerminal(status)) return;
  try {
    await commit(ctx, {
      aggregate: { kind: 'batch_command', id, version: 1 },
      writes: [
        {
          op: 'update',
          key: keys.command(ctx.tenantId, id),
          set: { tallied: true },
          when: { status, tallied: undefined },
        },
        {
          op: 'update',
          key: keys.commandBatchTally(ctx.tenantId, batch_id),
          add: { ended: 1, [status]: 1, ...(parked ? { parked_ended: 1 } : {}) },
          set: { ttl: batchTtl({ created_at }) },
        },
      ],
      tasks: [dueTask(ctx, RunCommandBatch, { batch_id })],
    });
  } catch (error) {
    // It was counted before.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
