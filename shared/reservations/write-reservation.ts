import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import { keepConnector } from '#shared/connectors/keep-connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { askCharger } from '#shared/reservations/ask-charger.ts';
import { writeStep } from '#shared/reservations/change-reservation.ts';
import { ReservationConfirmed, ReservationCreated } from '#shared/reservations/events.ts';
import type { Holder } from '#shared/reservations/holder.ts';
import { ANSWER_WITHIN_S, LEAD_S } from '#shared/reservations/lead.ts';
import type { NewReservation, Window } from '#shared/reservations/new-reservation.ts';
import { Reservation } from '#shared/reservations/reservation.ts';
import type { Spot } from '#shared/reservations/spots.ts';
import { AdvanceReservation } from '#shared/reservations/tasks.ts';

const KEPT_AFTER_S = 30 * 86_400;

/** What a reservation is made of. */
export interface Asked {
  readonly input: NewReservation;
  readonly window: Window;
  readonly holder: Holder;
}

/** The reservation of a connector, as it begins: asked of a charger that can keep one now, or ours to hold. */
export function newReservation(
  ctx: Context,
  { whole: { charger }, connector }: Spot,
  { input, window, holder }: Asked,
  names: { readonly id: string; readonly number: number },
): Reservation {
  const at = isoNow(ctx);
  const open = window.starts_at <= at;
  const asks = open && capabilitiesOf(charger).reservation;
  return Reservation.parse({
    ...names,
    ...window,
    status: asks ? 'requested' : open ? 'active' : 'confirmed',
    held_by: asks ? null : 'platform',
    confirmed_at: asks ? null : at,
    charger_id: charger.id,
    connector: connector.id,
    site_id: charger.site_id,
    token_uid: holder.uid,
    token_type: holder.type,
    token_id: holder.token_id,
    driver_id: holder.driver_id,
    group_id: holder.group,
    external_ref: input.external_ref,
    metadata: input.metadata,
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    version: 0,
  });
}

/** Writes it with its window, its names and what follows from it. */
export async function writeReservation(
  ctx: Context,
  { whole, connector }: Spot,
  reservation: Reservation,
  booked: readonly Write[],
): Promise<Reservation> {
  const asks = reservation.status === 'requested';
  const call = asks
    ? askCharger(ctx, reservation, connectorPlace(whole.connectors, connector.id))
    : undefined;
  const kept =
    reservation.starts_at <= reservation.created_at
      ? keepConnector(ctx, connector, reservation.id, reservation.site_id)
      : undefined;
  const moreEvents: Recorded[] = kept?.events ?? [];
  return writeStep(ctx, 0, {
    reservation: { ...reservation, command_id: call?.commandId ?? null },
    types: asks ? [ReservationCreated] : [ReservationCreated, ReservationConfirmed],
    writes: [
      ...booked,
      ...names(ctx, reservation),
      ...(kept ? [kept.write] : []),
      ...(call?.writes ?? []),
    ],
    tasks: [...moments(ctx, reservation), ...(call?.tasks ?? [])],
    moreEvents,
  });
}

/** Where it is found: by the charger's number for it, at its site, and of its driver. */
function names(ctx: Context, r: Reservation): Write[] {
  const t = ctx.tenantId;
  const numbered = {
    ...keys.numberedReservation(t, r.charger_id, r.number),
    reservation_id: r.id,
    ttl: Math.floor(Date.parse(r.expires_at) / 1000) + KEPT_AFTER_S,
  };
  const lists = [
    ...(r.site_id ? [keys.reservationAtSite(t, r.site_id, r.starts_at, r.id)] : []),
    ...(r.driver_id ? [keys.reservationOfDriver(t, r.driver_id, r.starts_at, r.id)] : []),
  ];
  return [
    { op: 'put', when: 'absent', item: numbered },
    ...lists.map((key): Write => ({ op: 'put', item: { ...key, reservation_id: r.id } })),
  ];
}

/** Soon and opening, or the answer overdue; closing. One that is over by then takes no notice. */
function moments(ctx: Context, { id, starts_at, expires_at, created_at }: Reservation): DueTask[] {
  const first =
    starts_at > created_at
      ? [plusSeconds(starts_at, -LEAD_S), starts_at]
      : [plusSeconds(created_at, ANSWER_WITHIN_S)];
  return [...first, expires_at].map((at) =>
    dueTask(ctx, AdvanceReservation, { reservation_id: id }, at),
  );
}
