import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** Somebody has forgotten a password, or says so. Whether there is such a member is found out later. */
export const StartPasswordReset = defineTask({
  id: 'start-password-reset',
  payload: z.object({
    id: z.string(),
    email_hash: z.string(),
    /** Where they asked: the base URL of the link. */
    api: z.string(),
  }),
});
export type AskedReset = typeof StartPasswordReset.payload._output;
