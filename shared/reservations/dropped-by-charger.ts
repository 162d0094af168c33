import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { changeReservation } from '#shared/reservations/change-reservation.ts';
import { ending, endReservation } from '#shared/reservations/end-reservation.ts';
import { findByNumber, isOver } from '#shared/reservations/reservation.ts';

/** A charger's clock may be this far ahead of ours. */
const TOLERANCE_S = 60;

/**
 * A charger keeps a reservation no longer: its time is over by the charger's clock, or the charger
 * gave it up. One whose time is not over by our clock is ours to keep until it is.
 */
export async function droppedByCharger(
  ctx: Context,
  chargerId: string,
  number: number,
  why: 'expired' | 'removed',
): Promise<void> {
  const found = await findByNumber(ctx, chargerId, number);
  if (!found) {
    ctx.log.info('A charger dropped a reservation that is not ours', {
      charger: chargerId,
      number,
    });
    return;
  }
  if (why === 'removed') {
    await endReservation(ctx, found.id, { status: 'canceled', canceled_by: 'charger' });
    return;
  }
  await changeReservation(ctx, found.id, async (before) => {
    if (isOver(before)) return undefined;
    const closed = before.expires_at <= plusSeconds(isoNow(ctx), TOLERANCE_S);
    if (closed) return ending(ctx, before, { status: 'expired' });
    return before.held_by === 'platform'
      ? undefined
      : { reservation: { ...before, held_by: 'platform' } };
  });
}
