import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { changeReservation } from '#shared/reservations/change-reservation.ts';
import { ending, forgetting } from '#shared/reservations/end-reservation.ts';
import { held } from '#shared/reservations/held.ts';
import { isOver, type RejectedReason, type Reservation } from '#shared/reservations/reservation.ts';

/** What stands in the way at the charger. Any other refusal means that it keeps nothing by itself: we do. */
const inTheWay: Readonly<Record<string, RejectedReason>> = {
  occupied: 'occupied',
  faulted: 'faulted',
  unavailable: 'unavailable',
};

/** What a reservation makes of the charger's answer to the call that asked for it. It may be told twice. */
export async function reservationAnswered(ctx: Context, command: StoredCommand): Promise<void> {
  const { serves, type } = command;
  if (!serves || type !== 'reserve' || !isTerminal(command.status)) return;
  await changeReservation(ctx, serves.id, async (before) => {
    const accepted = command.status === 'completed';
    if (isOver(before)) return accepted ? forgetOnce(ctx, before, command) : undefined;
    if (before.command_id !== command.id) return undefined;
    if (accepted) return before.held_by === 'charger' ? undefined : held(ctx, before, 'charger');
    const reason = command.status === 'rejected' && inTheWay[command.result?.outcome ?? ''];
    if (reason) return refused(ctx, before, reason);
    return before.status === 'requested' ? held(ctx, before, 'platform') : undefined;
  });
}

/** Before its window opens there is still time to ask again; until then it is ours to keep. */
function refused(ctx: Context, before: Reservation, rejected_reason: RejectedReason) {
  const early = before.status === 'confirmed' && isoNow(ctx) < before.starts_at;
  if (!early) return ending(ctx, before, { status: 'rejected', rejected_reason });
  return Promise.resolve({ reservation: { ...before, command_id: null } });
}

/** The charger agreed after the session had begun: it is asked to forget it. */
async function forgetOnce(ctx: Context, before: Reservation, { id }: StoredCommand) {
  const isNews = before.command_id === id && before.held_by !== 'charger';
  if (before.status !== 'fulfilled' || !isNews) return undefined;
  const { writes, tasks } = forgetting(ctx, before);
  return { reservation: { ...before, held_by: 'charger' as const }, writes, tasks };
}
