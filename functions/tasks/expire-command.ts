import { serveWorker } from '#shared/aws/serve-queue.ts';
import { expireCommand } from '#shared/commands/expire-command.ts';
import { ExpireCommand } from '#shared/commands/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: ExpireCommand,
  summary: 'Ends a command that could not be sent in time',
  async handle({ command_id }, ctx) {
    await expireCommand(ctx, command_id);
  },
});

export const handler = serveWorker(worker);
