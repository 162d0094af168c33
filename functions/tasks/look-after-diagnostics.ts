import '#shared/aws/provide-s3-files.ts';
import { serveWorker } from '#shared/aws/serve-queue.ts';
import { lookAfterDiagnostics } from '#shared/diagnostics/look-after-diagnostics.ts';
import { LookAfterDiagnostics } from '#shared/diagnostics/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: LookAfterDiagnostics,
  summary:
    'Looks whether a log is there, ends a request for one that is not, and tells its command',
  handle: ({ diagnostics_id }, ctx) => lookAfterDiagnostics(ctx, diagnostics_id),
});

export const handler = serveWorker(worker);
