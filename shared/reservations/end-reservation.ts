import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { Connector } from '#shared/connectors/connector.ts';
import { keepConnector } from '#shared/connectors/keep-connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { findBookings, rebook } from '#shared/reservations/bookings.ts';
import { changeReservation, type Step } from '#shared/reservations/change-reservation.ts';
import {
  ReservationCanceled,
  ReservationExpired,
  ReservationFulfilled,
  ReservationRejected,
} from '#shared/reservations/events.ts';
import { isOver, type Reservation } from '#shared/reservations/reservation.ts';

/** How a reservation ended. */
export type End =
  | { readonly status: 'fulfilled'; readonly session_id: string }
  | { readonly status: 'expired' }
  | { readonly status: 'canceled'; readonly canceled_by: 'request' | 'charger' }
  | {
      readonly status: 'rejected';
      readonly rejected_reason: NonNullable<Reservation['rejected_reason']>;
    };

const typeOf = {
  fulfilled: ReservationFulfilled,
  expired: ReservationExpired,
  canceled: ReservationCanceled,
  rejected: ReservationRejected,
} as const;

/**
 * The end of a reservation, whatever brought it about: its window is free for others, its connector is
 * shown free, a charger that may still keep it is told. One that is over stays as it is.
 */
export const endReservation = (ctx: Context, id: string, end: End) =>
  changeReservation(ctx, id, async (before) =>
    isOver(before) ? undefined : ending(ctx, before, end),
  );

/** The step that ends it, for whoever decides in a transaction of its own. */
export async function ending(ctx: Context, before: Reservation, end: End): Promise<Step> {
  const freed = await freeing(ctx, before);
  const told =
    end.status === 'canceled' || end.status === 'rejected' ? tell(ctx, before, end) : none;
  return {
    reservation: { ...before, ...end, ended_at: isoNow(ctx) },
    types: [typeOf[end.status]],
    writes: [...freed.writes, ...told.writes],
    tasks: told.tasks,
    moreEvents: freed.events,
  };
}

async function freeing(ctx: Context, reservation: Reservation) {
  const { id, charger_id, connector: n, site_id } = reservation;
  const writes: Write[] = [];
  const events: Recorded[] = [];
  const bookings = await findBookings(ctx, charger_id);
  const rest = bookings.bookings.filter((booking) => booking.id !== id);
  if (rest.length < bookings.bookings.length) writes.push(rebook(ctx, bookings, rest));
  const row = await ctx.table.get(keys.connector(ctx.tenantId, charger_id, n));
  const connector = row && Connector.parse(row);
  if (connector?.reservation_id === id) {
    const freed = keepConnector(ctx, connector, null, site_id);
    writes.push(freed.write);
    events.push(...freed.events);
  }
  return { writes, events };
}

const none: { writes: Write[]; tasks: DueTask[] } = { writes: [], tasks: [] };

/**
 * A charger that was asked to keep it, and has not refused, is asked to forget it. It goes through the
 * same queue behind the first call, so it cannot come too early.
 */
function tell(ctx: Context, reservation: Reservation, end: End) {
  const isGone =
    reservation.command_id === null ||
    (end.status === 'canceled' && end.canceled_by === 'charger') ||
    (end.status === 'rejected' && end.rejected_reason !== 'policy');
  return isGone ? none : forgetting(ctx, reservation);
}

/** The call that makes a charger forget a reservation, while it could still keep it. */
export function forgetting(ctx: Context, reservation: Reservation) {
  const { id, charger_id, connector, number, expires_at } = reservation;
  const left = secondsBetween(isoNow(ctx), expires_at);
  if (left === 0) return none;
  const { command, writes } = newCommand(ctx, {
    type: 'cancel_reservation',
    chargerId: charger_id,
    connector,
    input: { number },
    serves: { kind: 'reservation', id },
    expiresInSeconds: left,
  });
  return { writes, tasks: commandTasks(ctx, command) };
}
