import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { repairGaps } from '#shared/sessions/repair-gaps.ts';
import { RepairGaps } from '#shared/sessions/tasks.ts';

export const worker = defineWorker({
  task: RepairGaps,
  summary: 'Asks a charger for reports of a transaction that are missing',
  handle: ({ session_id, round }, ctx) => repairGaps(ctx, session_id, round),
});

export const handler = serveWorker(worker);
