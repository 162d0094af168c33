import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { remindReconnect } from '#shared/live/remind-reconnect.ts';
import { RemindReconnect } from '#shared/live/tasks.ts';

export const worker = defineWorker({
  task: RemindReconnect,
  summary: 'Gives a live client the URL of its next connection in time.',
  handle: ({ connection_id }, ctx) => remindReconnect(ctx, connection_id),
});
export const handler = serveWorker(worker);
