import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** A moment of a reservation has come: soon, its window opens, or it closes. */
export const AdvanceReservation = defineTask({
  id: 'advance-reservation',
  payload: z.object({ reservation_id: z.string() }),
});

/** A session has begun on a reservation. */
export const FulfilReservation = defineTask({
  id: 'fulfil-reservation',
  payload: z.object({ reservation_id: z.string(), session_id: z.string() }),
});
