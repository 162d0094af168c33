import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** `attempt` counts from 1, so a repeated task is known. */
const attempt = {
  payload: z.object({
    endpoint_id: z.string(),
    delivery_id: z.string(),
    round: z.int(),
    attempt: z.int(),
  }),
  groupOf: ({ endpoint_id }: { endpoint_id: string }) => endpoint_id,
};

/** One attempt to deliver. */
export const DeliverWebhook = defineTask({ id: 'deliver-webhook', ...attempt });
/** The same for who is slow, or has failed: in a queue of its own. */
export const DeliverSlowWebhook = defineTask({ id: 'deliver-slow-webhook', ...attempt });
