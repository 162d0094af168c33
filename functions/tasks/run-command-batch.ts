import { serveWorker } from '#shared/aws/serve-queue.ts';
import { runBatch } from '#shared/command-batches/run-batch.ts';
import { cancelWaiting } from '#shared/command-batches/start-next.ts';
import { RunCommandBatch } from '#shared/command-batches/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: RunCommandBatch,
  summary: 'Gives the next chargers of a batch of commands their turn',
  async handle({ batch_id, cancel_waiting }, ctx) {
    if (cancel_waiting) await cancelWaiting(ctx, batch_id);
    await runBatch(ctx, batch_id);
  },
});

export const handler = serveWorker(worker);
