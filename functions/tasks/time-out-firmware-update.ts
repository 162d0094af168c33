import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { timeOutUpdate } from '#shared/firmware/end-update.ts';
import { TimeOutFirmwareUpdate } from '#shared/firmware/tasks.ts';

export const worker = defineWorker({
  task: TimeOutFirmwareUpdate,
  summary: 'Ends a firmware update of which nothing was heard for too long',
  handle: ({ update_id }, ctx) => timeOutUpdate(ctx, update_id),
});

export const handler = serveWorker(worker);
