import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** Lists may be out of date: those of these chargers, or, where left out, all. */
export const RefreshLocalLists = defineTask({
  id: 'refresh-local-lists',
  payload: z.object({ charger_ids: z.array(z.string()).optional() }),
});
