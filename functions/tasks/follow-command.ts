import { serveWorker } from '#shared/aws/serve-queue.ts';
import { followCommand } from '#shared/catalogue/command-followers.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { FollowCommand } from '#shared/commands/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: FollowCommand,
  summary: 'Tells the thing a command was sent for how it went',
  async handle({ command_id }, ctx) {
    const command = await findCommand(ctx, command_id);
    if (command) await followCommand(ctx, command);
  },
});

export const handler = serveWorker(worker);
