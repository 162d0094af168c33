import { serveWorker } from '#shared/aws/serve-queue.ts';
import { endOverdueConnection } from '#shared/chargers/connectivity.ts';
import { CheckConnection } from '#shared/chargers/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: CheckConnection,
  summary: 'Ends a connection that is older than any can be: its disconnect was lost',
  handle: ({ charger_id, connection_id }, ctx) =>
    endOverdueConnection(ctx, charger_id, connection_id),
});

export const handler = serveWorker(worker);
