import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { getSession } from '#shared/sessions/session-view.ts';
import { enforceTimeLimit } from '#shared/sessions/stop-session.ts';
import { EnforceTimeLimit } from '#shared/sessions/tasks.ts';

export const worker = defineWorker({
  task: EnforceTimeLimit,
  summary: 'Stops a session whose time is up',
  async handle({ session_id }, ctx) {
    const { session } = await getSession(ctx, session_id);
    await enforceTimeLimit(ctx, session_id);
    await dispatchCommands(ctx, session.charger_id);
  },
});

export const handler = serveWorker(worker);
