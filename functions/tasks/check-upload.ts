import '#shared/aws/provide-s3-files.ts';
import { serveWorker } from '#shared/aws/serve-queue.ts';
import { checkUpload } from '#shared/diagnostics/check-upload.ts';
import { CheckUpload } from '#shared/diagnostics/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: CheckUpload,
  summary: 'Looks whether the file is there that a charger said it uploaded',
  handle: ({ diagnostics_id, attempt }, ctx) => checkUpload(ctx, diagnostics_id, attempt),
});

export const handler = serveWorker(worker);
