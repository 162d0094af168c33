import '#shared/catalogue/event-types.ts';
import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { completeReplay } from '#shared/live/replay.ts';
import { CompleteReplay } from '#shared/live/tasks.ts';

export const worker = defineWorker({
  task: CompleteReplay,
  summary: 'Sends a live client what reached the event log after it resumed.',
  handle: (payload, ctx) => completeReplay(ctx, payload),
});
export const handler = serveWorker(worker);
