import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { deliver } from '#shared/webhooks/deliver.ts';
import { httpPost } from '#shared/webhooks/http-post.ts';
import { DeliverSlowWebhook } from '#shared/webhooks/tasks.ts';

export const worker = defineWorker({
  task: DeliverSlowWebhook,
  summary:
    'Makes one attempt to deliver an event to a webhook endpoint that is slow, or has failed.',
  handle: (payload, ctx) => deliver(ctx, payload, httpPost),
});
export const handler = serveWorker(worker);
