import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { lookAfterUpdate } from '#shared/firmware/look-after-update.ts';
import { LookAfterFirmwareUpdate } from '#shared/firmware/tasks.ts';
import { endTarget } from '#shared/firmware-campaigns/end-target.ts';

export const worker = defineWorker({
  task: LookAfterFirmwareUpdate,
  summary: 'Ends a firmware update that fell silent, and tells its command and campaign of its end',
  async handle({ update_id }, ctx) {
    const ended = await lookAfterUpdate(ctx, update_id);
    if (ended) await endTarget(ctx, ended);
  },
});

export const handler = serveWorker(worker);
