import { serveWorker } from '#shared/aws/serve-queue.ts';
import { settleLogCommand } from '#shared/diagnostics/settle-log-command.ts';
import { EndDiagnostics } from '#shared/diagnostics/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: EndDiagnostics,
  summary: 'Ends the command of a request for a log that has ended',
  handle: ({ diagnostics_id }, ctx) => settleLogCommand(ctx, diagnostics_id),
});

export const handler = serveWorker(worker);
