import { serveWorker } from '#shared/aws/serve-queue.ts';
import { sendSignInCode } from '#shared/drivers/send-sign-in-code.ts';
import { SendSignInCode } from '#shared/drivers/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: SendSignInCode,
  summary: 'Sends a driver the code of a sign-in.',
  handle: ({ challenge_id }, ctx) => sendSignInCode(ctx, challenge_id),
});
export const handler = serveWorker(worker);
