import { serveWorker } from '#shared/aws/serve-queue.ts';
import { TimeOutCommand } from '#shared/commands/tasks.ts';
import { timeOutCommand } from '#shared/commands/time-out-command.ts';
import { defineWorker } from '#shared/events/task.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';

export const worker = defineWorker({
  task: TimeOutCommand,
  summary: 'Gives up on a call that a charger has not answered, and sends the next',
  async handle({ charger_id, command_id, message_id }, ctx) {
    await timeOutCommand(ctx, command_id, message_id);
    await dispatchCommands(ctx, charger_id);
  },
});

export const handler = serveWorker(worker);
