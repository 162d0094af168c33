import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/**
 * A letter to be sent. What it says may hold a link that opens something, so it lies sealed wherever a
 * task lies: in the outbox, on the queue, among the dead letters.
 */
export const SendMail = defineTask({
  id: 'send-mail',
  payload: z.object({
    id: z.string(),
    sealed: z.string(),
    /** From then on it is of no use, and is not sent. */
    useful_until: z.string(),
  }),
});
export type SealedLetter = typeof SendMail.payload._output;
