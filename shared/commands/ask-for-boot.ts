import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

/** A charger that went on working without a boot has not said what it is: it is asked to. */
export async function askForBoot(ctx: Context, chargerId: string): Promise<void> {
  const input = { message: 'boot' };
  const { command, writes } = newCommand(ctx, { type: 'trigger_message', chargerId, input });
  await commit(ctx, {
    aggregate: { kind: 'command', id: command.id, version: command.resource_version },
    writes,
    tasks: [dueTask(ctx, DispatchCommands, { charger_id: chargerId })],
  });
}
