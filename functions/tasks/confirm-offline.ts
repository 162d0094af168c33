import { serveWorker } from '#shared/aws/serve-queue.ts';
import { confirmOffline } from '#shared/chargers/connectivity.ts';
import { ConfirmOffline } from '#shared/chargers/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: ConfirmOffline,
  summary: 'Declares a charger offline when its grace period is over',
  handle: ({ charger_id, since }, ctx) => confirmOffline(ctx, charger_id, since),
});

export const handler = serveWorker(worker);
