import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { closeSessionSockets } from '#shared/live/session-end.ts';
import { CloseSessionSockets } from '#shared/live/tasks.ts';

export const worker = defineWorker({
  task: CloseSessionSockets,
  summary: 'Closes the live sockets of a session that has ended.',
  handle: ({ session_id }, ctx) => closeSessionSockets(ctx, session_id),
});
export const handler = serveWorker(worker);
