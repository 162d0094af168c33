import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { advanceReservation } from '#shared/reservations/advance-reservation.ts';
import { AdvanceReservation } from '#shared/reservations/tasks.ts';

export const worker = defineWorker({
  task: AdvanceReservation,
  summary: 'Opens the window of a reservation, and closes it',
  handle: ({ reservation_id }, ctx) => advanceReservation(ctx, reservation_id),
});

export const handler = serveWorker(worker);
