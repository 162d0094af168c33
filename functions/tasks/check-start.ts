import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { checkStart } from '#shared/sessions/fail-session.ts';
import { CheckStart } from '#shared/sessions/tasks.ts';

export const worker = defineWorker({
  task: CheckStart,
  summary: 'Fails a session that should have begun by now',
  handle: ({ session_id }, ctx) => checkStart(ctx, session_id),
});

export const handler = serveWorker(worker);
