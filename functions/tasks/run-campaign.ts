import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { runCampaign } from '#shared/firmware-campaigns/run-campaign.ts';
import { RunCampaign } from '#shared/firmware-campaigns/tasks.ts';

export const worker = defineWorker({
  task: RunCampaign,
  summary: 'Goes on with a firmware campaign: finds targets, begins updates, ends waves, pauses',
  handle: ({ campaign_id, turn }, ctx) => runCampaign(ctx, campaign_id, turn),
});

export const handler = serveWorker(worker);
