import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import { type EventType, eventOf } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import type { ReservationCreated } from '#shared/reservations/events.ts';
import {
  findReservation,
  type Reservation,
  reservationItem,
  reservationView,
} from '#shared/reservations/reservation.ts';

/** What happens to a reservation in one step. */
export interface Step {
  readonly reservation: Reservation;
  readonly types?: readonly EventType<typeof ReservationCreated.data>[];
  readonly writes?: readonly Write[];
  readonly tasks?: readonly DueTask[];
  readonly moreEvents?: readonly Recorded[];
}

/**
 * Reads a reservation, lets `decide` say what happens, and writes it: again from the start when another
 * writer came first. `decide` answers undefined for nothing. Undefined too where there is none.
 */
export async function changeReservation(
  ctx: Context,
  id: string,
  decide: (reservation: Reservation) => Promise<Step | undefined>,
): Promise<Reservation | undefined> {
  return retrying(async () => {
    const before = await findReservation(ctx, id);
    if (!before) return undefined;
    const step = await decide(before);
    return step ? writeStep(ctx, before.version, step) : before;
  });
}

/** Writes a step; `before` is the version it was decided on, 0 for a new reservation. */
export async function writeStep(ctx: Context, before: number, step: Step): Promise<Reservation> {
  const { types = [], writes = [], tasks = [], moreEvents = [] } = step;
  const version = before + 1;
  const reservation = { ...step.reservation, version, updated_at: isoNow(ctx) };
  const when = before === 0 ? ('absent' as const) : { version: before };
  await commit(ctx, {
    aggregate: { kind: 'reservation', id: reservation.id, version },
    writes: [{ op: 'put', item: reservationItem(ctx, reservation), when }, ...writes],
    events: [...types.map((type) => told(ctx, type, reservation)), ...moreEvents],
    tasks,
  });
  return reservation;
}

const told = (ctx: Context, type: EventType<typeof ReservationCreated.data>, r: Reservation) =>
  eventOf(ctx, type, {
    id: r.id,
    version: r.version,
    scope: {
      site_id: r.site_id,
      charger_id: r.charger_id,
      connector: r.connector,
      session_id: r.session_id,
      ...(r.driver_id === null ? {} : { driver_id: r.driver_id }),
    },
    object: reservationView(r),
  });
