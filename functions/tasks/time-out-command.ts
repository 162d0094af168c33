import { serveWorker } from '#shared/aws/serve-queue.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { TimeOutCommand } from '#shared/commands/tasks.ts';
import { timeOutCommand } from '#shared/commands/time-out-command.ts';
import { defineWorker } from '#shared/events/task.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { commandSettled } from '#shared/sessions/command-outcome.ts';

export const worker = defineWorker({
  task: TimeOutCommand,
  summary: 'Gives up on a call that a charger has not answered, and sends the next',
  async handle({ charger_id, command_id, message_id }, ctx) {
    // Ended by somebody who may have died before the session heard of it.
    const command =
      (await timeOutCommand(ctx, command_id, message_id)) ?? (await findCommand(ctx, command_id));
    if (command) await commandSettled(ctx, command);
    await dispatchCommands(ctx, charger_id);
  },
});

export const handler = serveWorker(worker);
