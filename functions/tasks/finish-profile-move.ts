import { serveWorker } from '#shared/aws/serve-queue.ts';
import { FinishProfileMove } from '#shared/chargers/tasks.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: FinishProfileMove,
  summary: 'Ends the command that moved a charger to another security profile',
  async handle({ command_id }, ctx) {
    await settleCommand(ctx, command_id, { status: 'completed', outcome: 'moved' });
  },
});

export const handler = serveWorker(worker);
