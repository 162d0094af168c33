import '#shared/aws/provide-ses-mail.ts';
import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { sendMail } from '#shared/mail/send-mail.ts';
import { SendMail } from '#shared/mail/tasks.ts';

export const worker = defineWorker({
  task: SendMail,
  summary: 'Sends a letter: invitations, codes, what administrators must know.',
  handle: (task, ctx) => sendMail(ctx, task),
});
export const handler = serveWorker(worker);
