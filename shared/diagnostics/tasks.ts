import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** A charger said that a file is there: is it? */
export const CheckUpload = defineTask({
  id: 'check-upload',
  payload: z.object({ diagnostics_id: z.string(), attempt: z.int() }),
});

/** A log should have come by now. */
export const TimeOutDiagnostics = defineTask({
  id: 'time-out-diagnostics',
  payload: z.object({ diagnostics_id: z.string() }),
});

/** A request for a log has ended: its command is to know. */
export const EndDiagnostics = defineTask({
  id: 'end-diagnostics',
  payload: z.object({ diagnostics_id: z.string() }),
});
