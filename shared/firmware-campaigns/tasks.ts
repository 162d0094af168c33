import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** Look for the next targets of a campaign that has just been made. */
export const FindCampaignTargets = defineTask({
  id: 'find-campaign-targets',
  payload: z.object({ campaign_id: z.string(), page: z.int() }),
});

/** Look at a campaign: whom to begin with next, whether a wave is over, whether to pause. */
export const TickCampaign = defineTask({
  id: 'tick-campaign',
  payload: z.object({ campaign_id: z.string(), tick: z.int() }),
});
