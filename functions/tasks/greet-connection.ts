import '#shared/catalogue/event-types.ts';
import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { greet } from '#shared/live/greet.ts';
import { GreetConnection } from '#shared/live/tasks.ts';

export const worker = defineWorker({
  task: GreetConnection,
  summary: 'Greets a live connection whose socket was not open at first.',
  handle: ({ connection_id }, ctx) => greet(ctx, connection_id, { pausesMs: [] }),
});
export const handler = serveWorker(worker);
