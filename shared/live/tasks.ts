import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

const connection_id = z.string();

/** A new connection could not be greeted, since its socket was not open yet. */
export const GreetConnection = defineTask({
  id: 'greet-connection',
  payload: z.object({ connection_id }),
});

/** The gateway will soon close a connection for its age. */
export const RemindReconnect = defineTask({
  id: 'remind-reconnect',
  payload: z.object({ connection_id }),
});

/** What had happened before a replay, but was not in the log yet. */
export const CompleteReplay = defineTask({
  id: 'complete-replay',
  payload: z.object({
    connection_id,
    after: z.string(),
    before: z.string(),
    /** Sent already, of the last seconds. */
    sent: z.array(z.string()),
  }),
});

/** A session is over and its CDR is late: its sockets are closed all the same. */
export const CloseSessionSockets = defineTask({
  id: 'close-session-sockets',
  payload: z.object({ session_id: z.string() }),
});
