import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { LEAD_S } from '#shared/reservations/lead.ts';
import { sameToken } from '#shared/tokens/same-token.ts';

/** A window kept on a charger. */
export const Booking = z.object({
  id: z.string(),
  /** The connectors it takes: all of an EVSE, since only one of them can charge at a time. */
  connectors: z.array(z.int()),
  from: z.string(),
  to: z.string(),
  uid: z.string(),
  group: z.string().nullable().default(null),
  driver: z.string().nullable().default(null),
});
export type Booking = z.infer<typeof Booking>;

/**
 * All windows kept on one charger, in one row: whoever adds one has read all others, and of two who do
 * so at the same time one must look again. So no two can overlap.
 */
export const Bookings = z.object({
  charger_id: z.string(),
  bookings: z.array(Booking),
  version: z.int(),
});
export type Bookings = z.infer<typeof Bookings>;

export async function findBookings(ctx: Context, chargerId: string): Promise<Bookings> {
  const item = await ctx.table.get(keys.bookings(ctx.tenantId, chargerId));
  return item ? Bookings.parse(item) : { charger_id: chargerId, bookings: [], version: 0 };
}

/** Those of many chargers at once, by charger; none where nothing is kept. */
export async function findAllBookings(
  ctx: Context,
  chargerIds: readonly string[],
): Promise<ReadonlyMap<string, Bookings>> {
  const ids = [...new Set(chargerIds)];
  const rows = await ctx.table.batchGet(ids.map((id) => keys.bookings(ctx.tenantId, id)));
  const found = rows.filter((row) => row !== undefined).map((row) => Bookings.parse(row));
  return new Map(found.map((bookings) => [bookings.charger_id, bookings]));
}

/** The row as it shall be; fails where somebody else has written it since `before` was read. */
export function rebook(ctx: Context, before: Bookings, bookings: readonly Booking[]): Write {
  const key = keys.bookings(ctx.tenantId, before.charger_id);
  const when = before.version === 0 ? ('absent' as const) : { version: before.version };
  const { charger_id } = before;
  const item = { ...key, charger_id, bookings, version: before.version + 1 };
  return { op: 'put', item, when };
}

export interface Slot {
  readonly connectors: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** The window that stands in the way of another. Windows that touch do not. */
export const overlapping = ({ bookings }: Bookings, slot: Slot): Booking | undefined =>
  bookings.find(
    (b) =>
      b.from < slot.to &&
      slot.from < b.to &&
      b.connectors.some((connector) => slot.connectors.includes(connector)),
  );

/** Whom a connector is kept for at this instant; of two windows that meet, both count for a while. */
export const keptAt = ({ bookings }: Bookings, connector: number, at: string): Booking[] =>
  bookings.filter(
    (b) => b.connectors.includes(connector) && plusSeconds(b.from, -LEAD_S) <= at && at < b.to,
  );

/** Who shows a token, or is kept a place. */
export interface Shown {
  readonly uid: string;
  readonly group?: string | null | undefined;
  readonly driver?: string | null | undefined;
}

/** A reservation is for its token, and for others of its group or driver. */
export const isFor = (kept: Shown, shown: Shown): boolean =>
  sameToken(kept.uid, shown.uid) ||
  (kept.group != null && shown.group != null && sameToken(kept.group, shown.group)) ||
  (kept.driver != null && kept.driver === shown.driver);
