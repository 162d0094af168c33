import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** Clocks are changed: a profile that recurs by the time of day begins at another instant from now on. */
export const ReanchorProfile = defineTask({
  id: 'reanchor-profile',
  payload: z.object({ charger_id: z.string(), number: z.int(), profile_id: z.string() }),
});
