import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { settleUpdateCommand } from '#shared/firmware/end-update.ts';
import { findUpdate } from '#shared/firmware/firmware-update.ts';
import { EndFirmwareUpdate } from '#shared/firmware/tasks.ts';
import { endTarget } from '#shared/firmware-campaigns/end-target.ts';

export const worker = defineWorker({
  task: EndFirmwareUpdate,
  summary: 'Tells the command and the campaign of a firmware update that it has ended',
  async handle({ update_id }, ctx) {
    const update = await findUpdate(ctx, update_id);
    if (!update) return;
    await settleUpdateCommand(ctx, update);
    await endTarget(ctx, update);
  },
});

export const handler = serveWorker(worker);
