import { type Context, isoNow } from '#shared/core/context.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { changeReservation } from '#shared/reservations/change-reservation.ts';
import { ending } from '#shared/reservations/end-reservation.ts';
import { isOver } from '#shared/reservations/reservation.ts';
import { FulfilReservation } from '#shared/reservations/tasks.ts';

/** To be committed with the beginning of a charge: what its reservation makes of it follows. */
export const fulfilment = (
  ctx: Context,
  { id, reservation_id }: { readonly id: string; readonly reservation_id: string | null },
): DueTask[] =>
  reservation_id === null
    ? []
    : [dueTask(ctx, FulfilReservation, { reservation_id, session_id: id })];

/**
 * A session has begun on it. A start within the window that a charger could tell only later makes a
 * no-show good; what was canceled or rejected stays so.
 */
export async function fulfilReservation(
  ctx: Context,
  id: string,
  session_id: string,
): Promise<void> {
  await changeReservation(ctx, id, async (before) => {
    if (isOver(before) && before.status !== 'expired') return undefined;
    const step = await ending(ctx, before, { status: 'fulfilled', session_id });
    const ended_at = before.ended_at ?? isoNow(ctx);
    return { ...step, reservation: { ...step.reservation, ended_at } };
  });
}
