import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** One attempt to deliver; `attempt` counts from 1, so a repeated task is known. */
export const DeliverWebhook = defineTask({
  id: 'deliver-webhook',
  payload: z.object({
    endpoint_id: z.string(),
    delivery_id: z.string(),
    round: z.int(),
    attempt: z.int(),
  }),
  groupOf: ({ endpoint_id }) => endpoint_id,
});
