import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { startPasswordReset } from '#shared/members/start-password-reset.ts';
import { StartPasswordReset } from '#shared/members/tasks.ts';

export const worker = defineWorker({
  task: StartPasswordReset,
  summary: 'Writes to a member who wants a new password.',
  handle: (asked, ctx) => startPasswordReset(ctx, asked),
});
export const handler = serveWorker(worker);
