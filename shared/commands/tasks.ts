import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** A call should have been answered by now. */
export const TimeOutCommand = defineTask({
  id: 'time-out-command',
  payload: z.object({ charger_id: z.string(), command_id: z.string(), message_id: z.string() }),
});

/** Something is queued for a charger: send it when the charger can take it. */
export const DispatchCommands = defineTask({
  id: 'dispatch-commands',
  payload: z.object({ charger_id: z.string() }),
});

/** A command nobody could send must end by itself: its charger may never come back. */
export const ExpireCommand = defineTask({
  id: 'expire-command',
  payload: z.object({ command_id: z.string() }),
});

/** A command that serves a thing of a domain was agreed to, or has ended. */
export const FollowCommand = defineTask({
  id: 'follow-command',
  payload: z.object({ command_id: z.string() }),
});

/** The charger agreed; by now its result should have come. */
export const AwaitFollowUp = defineTask({
  id: 'await-follow-up',
  payload: z.object({ command_id: z.string() }),
});
