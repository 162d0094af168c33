import { serveWorker } from '#shared/aws/serve-queue.ts';
import { giveUpOnFollowUp } from '#shared/commands/give-up-on-follow-up.ts';
import { AwaitFollowUp } from '#shared/commands/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: AwaitFollowUp,
  summary: 'Gives up on the result of a command that a charger agreed to',
  handle: ({ command_id }, ctx) => giveUpOnFollowUp(ctx, command_id),
});

export const handler = serveWorker(worker);
