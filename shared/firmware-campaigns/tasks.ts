import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** Go on with a campaign: find more of its targets, or look whom to begin with next. */
export const RunCampaign = defineTask({
  id: 'run-campaign',
  payload: z.object({ campaign_id: z.string(), turn: z.int() }),
});
