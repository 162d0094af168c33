import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import { showRunningCost } from '#shared/sessions/show-running-cost.ts';

export const subscriber = defineSubscriber({
  id: 'show-running-cost',
  summary: 'Tells a charger what its session costs so far, where it can show that',
  on: [SessionUpdated],
  handle: (event, ctx) => showRunningCost(ctx, event.subject.id),
});

export const handler = serveSubscriber(subscriber);
