import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** A driver wants to sign in. Whether there is one of this address is found out by the worker. */
export const SendSignInCode = defineTask({
  id: 'send-sign-in-code',
  payload: z.object({ challenge_id: z.string() }),
});
