import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { findTargets } from '#shared/firmware-campaigns/find-targets.ts';
import { FindCampaignTargets } from '#shared/firmware-campaigns/tasks.ts';

export const worker = defineWorker({
  task: FindCampaignTargets,
  summary: 'Finds the chargers that a firmware campaign is for',
  handle: ({ campaign_id, page }, ctx) => findTargets(ctx, campaign_id, page),
});

export const handler = serveWorker(worker);
