import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** A log was said to be there, should be there by now, or its request has ended. */
export const LookAfterDiagnostics = defineTask({
  id: 'look-after-diagnostics',
  payload: z.object({ diagnostics_id: z.string() }),
});
