import { serveWorker } from '#shared/aws/serve-queue.ts';
import { finishRenewal } from '#shared/certificates/renew-certificate.ts';
import { FinishRenewal } from '#shared/certificates/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: FinishRenewal,
  summary: 'Ends the command that asked for a certificate',
  handle: ({ charger_id, certificate_id }, ctx) => finishRenewal(ctx, charger_id, certificate_id),
});

export const handler = serveWorker(worker);
