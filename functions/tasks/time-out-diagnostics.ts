import '#shared/aws/provide-s3-files.ts';
import { serveWorker } from '#shared/aws/serve-queue.ts';
import { timeOutDiagnostics } from '#shared/diagnostics/check-upload.ts';
import { TimeOutDiagnostics } from '#shared/diagnostics/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: TimeOutDiagnostics,
  summary: 'Ends a request for a log that has not come',
  handle: ({ diagnostics_id }, ctx) => timeOutDiagnostics(ctx, diagnostics_id),
});

export const handler = serveWorker(worker);
