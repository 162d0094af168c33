import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';
import { fanOut } from '#shared/webhooks/fan-out.ts';

export const subscriber = defineSubscriber({
  id: 'fan-out-webhooks',
  summary: 'Puts events on their way to the webhook endpoints that want them.',
  on: 'all',
  handle: (event, ctx) => fanOut(ctx, event),
});
export const handler = serveSubscriber(subscriber);
