import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** The next chargers of a batch may have their turn. */
export const RunCommandBatch = defineTask({
  id: 'run-command-batch',
  payload: z.object({
    batch_id: z.string(),
    /** It stops: what was queued and not sent is taken back. */
    cancel_waiting: z.boolean().default(false),
  }),
  groupOf: ({ batch_id }) => batch_id,
});
