import { serveWorker } from '#shared/aws/serve-queue.ts';
import { expireCommand } from '#shared/commands/expire-command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { ExpireCommand } from '#shared/commands/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';
import { commandSettled } from '#shared/sessions/command-outcome.ts';

export const worker = defineWorker({
  task: ExpireCommand,
  summary: 'Ends a command that could not be sent in time',
  async handle({ command_id }, ctx) {
    // Ended by somebody who may have died before the session heard of it.
    const command = (await expireCommand(ctx, command_id)) ?? (await findCommand(ctx, command_id));
    if (command) await commandSettled(ctx, command);
  },
});

export const handler = serveWorker(worker);
