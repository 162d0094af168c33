import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { showRunningCost } from '#shared/sessions/show-running-cost.ts';
import { ShowRunningCost } from '#shared/sessions/tasks.ts';

export const worker = defineWorker({
  task: ShowRunningCost,
  summary: 'Tells a charger what its session costs so far, where it can show that',
  handle: ({ session_id }, ctx) => showRunningCost(ctx, session_id),
});

export const handler = serveWorker(worker);
