import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';
import { CHANGES, noticeChange } from '#shared/local-lists/notice-change.ts';

export const subscriber = defineSubscriber({
  id: 'notice-list-changes',
  summary: 'Has the token lists of chargers compared after what may change them',
  on: CHANGES,
  handle: (event, ctx) => noticeChange(ctx, event),
});

export const handler = serveSubscriber(subscriber);
