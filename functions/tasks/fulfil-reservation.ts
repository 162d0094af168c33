import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { fulfilReservation } from '#shared/reservations/fulfil-reservation.ts';
import { FulfilReservation } from '#shared/reservations/tasks.ts';

export const worker = defineWorker({
  task: FulfilReservation,
  summary: 'Ends a reservation that a session has begun on',
  handle: ({ reservation_id, session_id }, ctx) =>
    fulfilReservation(ctx, reservation_id, session_id),
});

export const handler = serveWorker(worker);
