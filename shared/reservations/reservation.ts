import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { notFound } from '#shared/core/errors.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { maskUid } from '#shared/tokens/mask-uid.ts';

export const ReservationStatus = z
  .enum(['requested', 'confirmed', 'active', 'fulfilled', 'expired', 'canceled', 'rejected'])
  .meta({
    id: 'ReservationStatus',
    description:
      '`requested` (the charger is being asked), `confirmed`, `active` (its window is open); then one of `fulfilled`, `expired`, `canceled`, `rejected`.',
  });
export type ReservationStatus = z.infer<typeof ReservationStatus>;

export const RejectedReason = z
  .enum(['occupied', 'faulted', 'unavailable', 'policy'])
  .meta({ id: 'ReservationRejectedReason' });
export type RejectedReason = z.infer<typeof RejectedReason>;

/** A connector kept for somebody, as it lies in its row. Its window and outcome stay as they were. */
export const Reservation = z.object({
  id: z.string(),
  status: ReservationStatus,
  rejected_reason: RejectedReason.nullable().default(null),
  canceled_by: z.enum(['request', 'charger']).nullable().default(null),
  charger_id: z.string(),
  connector: z.int().positive(),
  site_id: z.string().nullable(),
  starts_at: z.string(),
  expires_at: z.string(),
  token_uid: z.string(),
  token_type: z.string().nullable().default(null),
  token_id: z.string().nullable().default(null),
  driver_id: z.string().nullable().default(null),
  /** Other tokens of this group may use it too. */
  group_id: z.string().nullable().default(null),
  /** What the charger calls it. */
  number: z.int().positive(),
  /** Who keeps others off: the charger by itself, or we by refusing them. */
  held_by: z.enum(['charger', 'platform']).nullable().default(null),
  /** The last call that asked the charger to keep it. */
  command_id: z.string().nullable().default(null),
  /** The session begun on it. */
  session_id: z.string().nullable().default(null),
  confirmed_at: z.string().nullable().default(null),
  ended_at: z.string().nullable().default(null),
  external_ref: z.string().nullable().default(null),
  metadata: Metadata.default({}),
  livemode: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type Reservation = z.infer<typeof Reservation>;

export const ReservationView = Reservation.omit({
  token_uid: true,
  token_type: true,
  number: true,
  version: true,
})
  .extend({
    id: z.string().meta({ example: 'res_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    token_uid_masked: z.string().meta({ description: 'Whom it is for: its token, masked.' }),
    held_by: Reservation.shape.held_by.meta({
      description:
        '`charger`: it keeps others off by itself. `platform`: other tokens are refused when they are shown.',
    }),
    session_id: z.string().nullable().meta({ description: 'The session that fulfilled it.' }),
    resource_version: z.int(),
  })
  .meta({ id: 'Reservation', description: 'A connector kept for somebody, for a while.' });
export type ReservationView = z.infer<typeof ReservationView>;

export function reservationView(reservation: Reservation): ReservationView {
  const { token_uid, token_type, number, version, ...shown } = reservation;
  return { ...shown, token_uid_masked: maskUid(token_uid), resource_version: version };
}

const OVER: readonly ReservationStatus[] = ['fulfilled', 'expired', 'canceled', 'rejected'];
export const isOver = ({ status }: Pick<Reservation, 'status'>): boolean => OVER.includes(status);

export async function findReservation(ctx: Context, id: string): Promise<Reservation | undefined> {
  const item = await ctx.table.get(keys.reservation(ctx.tenantId, id));
  return item && Reservation.parse(item);
}

/** Throws not_found. */
export async function getReservation(ctx: Context, id: string): Promise<Reservation> {
  const reservation = await findReservation(ctx, id);
  if (!reservation || !mayReachReservation(ctx, reservation)) throw notFound('Reservation');
  return reservation;
}

/** A credential restricted to sites sees what is kept there; a driver sees the own reservations. */
export const mayReachReservation = (ctx: Context, { site_id, driver_id }: Reservation): boolean =>
  reachesSite(ctx, site_id) && reachesDriver(ctx, driver_id);

/** The reservation that a charger names by its number. */
export async function findByNumber(
  ctx: Context,
  chargerId: string,
  number: number,
): Promise<Reservation | undefined> {
  if (!Number.isSafeInteger(number) || number <= 0 || number > 2_147_483_647) return undefined;
  const item = await ctx.table.get(keys.numberedReservation(ctx.tenantId, chargerId, number));
  return item && findReservation(ctx, String(item['reservation_id']));
}

/** A reservation with its keys and list indexes. */
export const reservationItem = (ctx: Context, reservation: Reservation): Item => {
  const { id, charger_id, starts_at } = reservation;
  return {
    ...reservation,
    ...keys.reservation(ctx.tenantId, id),
    ...keys.reservations(ctx.tenantId, starts_at, id),
    ...keys.reservationsOfCharger(ctx.tenantId, charger_id, starts_at, id),
  };
};
