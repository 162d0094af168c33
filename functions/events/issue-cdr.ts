import { serveSubscriber } from '#shared/aws/serve-queue.ts';
import { issueCdr } from '#shared/cdrs/issue-cdr.ts';
import { defineSubscriber } from '#shared/events/subscriber.ts';
import { SessionEnded, SessionReconciled } from '#shared/sessions/events.ts';
import { isAwaitingReports } from '#shared/sessions/gaps.ts';
import { findSession } from '#shared/sessions/session-view.ts';

export const subscriber = defineSubscriber({
  id: 'issue-cdr',
  summary:
    'Issues the CDR of a session that has ended, once no report of it is missing or hoped for',
  on: [SessionEnded, SessionReconciled],
  async handle(event, ctx) {
    const whole = await findSession(ctx, event.subject.id);
    if (whole?.live.status !== 'ended' || isAwaitingReports(whole.live)) return;
    await issueCdr(ctx, whole.session, whole.live);
  },
});

export const handler = serveSubscriber(subscriber);
