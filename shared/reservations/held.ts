import { type Context, isoNow } from '#shared/core/context.ts';
import type { Step } from '#shared/reservations/change-reservation.ts';
import { ReservationConfirmed } from '#shared/reservations/events.ts';
import type { Reservation } from '#shared/reservations/reservation.ts';

/** From now on others are kept off. That of one confirmed before is no news. */
export function held(ctx: Context, before: Reservation, held_by: 'charger' | 'platform'): Step {
  const isNews = before.status === 'requested';
  const open = before.starts_at <= isoNow(ctx);
  return {
    reservation: {
      ...before,
      held_by,
      status: open ? 'active' : 'confirmed',
      confirmed_at: before.confirmed_at ?? isoNow(ctx),
    },
    types: isNews ? [ReservationConfirmed] : [],
  };
}
