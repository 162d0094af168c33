import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { TickCampaign } from '#shared/firmware-campaigns/tasks.ts';
import { tickCampaign } from '#shared/firmware-campaigns/tick-campaign.ts';

export const worker = defineWorker({
  task: TickCampaign,
  summary: 'Goes on with a firmware campaign: begins updates, ends waves, pauses on failures',
  handle: ({ campaign_id, tick }, ctx) => tickCampaign(ctx, campaign_id, tick),
});

export const handler = serveWorker(worker);
