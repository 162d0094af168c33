import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** A session asked for must have begun by now. */
export const CheckStart = defineTask({
  id: 'check-start',
  payload: z.object({ session_id: z.string() }),
});

/** A limit by the clock is reached: of time, or of a free allowance that ends the session. */
export const EnforceTimeLimit = defineTask({
  id: 'enforce-time-limit',
  payload: z.object({ session_id: z.string() }),
});

/** Reports of a running transaction are missing and have not come by themselves. */
export const RepairGaps = defineTask({
  id: 'repair-gaps',
  payload: z.object({ session_id: z.string(), round: z.int().positive() }),
});

/** A charger with a screen for it is due to be told what its session costs so far. */
export const ShowRunningCost = defineTask({
  id: 'show-running-cost',
  payload: z.object({ session_id: z.string() }),
});
