import { serveWorker } from '#shared/aws/serve-queue.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';

export const worker = defineWorker({
  task: DispatchCommands,
  summary: 'Sends a charger what is queued for it',
  handle: ({ charger_id }, ctx) => dispatchCommands(ctx, charger_id),
});

export const handler = serveWorker(worker);
