import * as z from 'zod';
import { PlugType } from '#shared/connectors/connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { later, secondsBetween } from '#shared/core/units.ts';
import { type Bookings, findAllBookings } from '#shared/reservations/bookings.ts';
import { type Spot, spotsFor } from '#shared/reservations/spots.ts';

export const ReservationSlot = z
  .object({
    charger_id: z.string().meta({ example: 'BLR-014' }),
    connector: z.int().meta({ example: 1 }),
    site_id: z.string().nullable(),
    type: PlugType,
    power_kw: z.number().nullable(),
    starts_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    in_use_now: z.boolean().meta({
      description: 'A session is open there at this moment; nobody knows when it ends.',
    }),
  })
  .meta({ id: 'ReservationSlot', description: 'A time in which nobody has a connector reserved.' });
export type ReservationSlot = z.infer<typeof ReservationSlot>;

export interface SlotFilter {
  readonly charger_id?: string | undefined;
  readonly site_id?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly min_power_kw?: number | undefined;
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Free windows by charger, connector and time. Connectors out of service have none. */
export async function listReservationSlots(
  ctx: Context,
  filter: SlotFilter,
  { limit, cursor }: Paging,
): Promise<{ items: ReservationSlot[]; total: number; cursor?: string }> {
  const spots = (await spotsFor(ctx, filter)).filter(inService);
  const booked = await findAllBookings(
    ctx,
    spots.map(({ whole }) => whole.charger.id),
  );
  const all = spots
    .flatMap((spot) => slotsOf(ctx, spot, booked, filter))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const rest = all.filter((slot) => !cursor || placeOf(slot) > cursor);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = last && rest.length > limit;
  return { items, total: all.length, ...(more ? { cursor: placeOf(last) } : {}) };
}

const inService = ({ whole: { charger, connection }, connector }: Spot): boolean =>
  connection !== undefined &&
  charger.own_status === 'available' &&
  connector.status !== 'Faulted' &&
  connector.status !== 'Unavailable';

function slotsOf(
  ctx: Context,
  { whole: { charger }, connector, together }: Spot,
  booked: ReadonlyMap<string, Bookings>,
  { from, to, minutes }: SlotFilter,
): ReservationSlot[] {
  const { bookings } = booked.get(charger.id) ?? { bookings: [] };
  const kept = bookings
    .filter((b) => b.connectors.some((n) => together.includes(n)))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const start = later(from, isoNow(ctx));
  return gaps(start, to, kept)
    .filter(([a, b]) => a < b && secondsBetween(a, b) >= minutes * 60)
    .map(([starts_at, expires_at]) => ({
      charger_id: charger.id,
      connector: connector.id,
      site_id: charger.site_id,
      type: connector.type,
      power_kw: connector.power_kw,
      starts_at,
      expires_at,
      in_use_now: connector.session_id !== null,
    }));
}

/** What windows, in the order of their beginnings, leave free of a time. */
function gaps(
  start: string,
  end: string,
  kept: readonly { readonly from: string; readonly to: string }[],
): [string, string][] {
  const free: [string, string][] = [];
  let at = start;
  for (const { from, to } of kept) {
    if (from >= end) break;
    free.push([at, from]);
    at = later(at, to);
  }
  return [...free, [at, end]];
}

const placeOf = ({ charger_id, connector, starts_at }: ReservationSlot) =>
  `${charger_id}/${String(connector).padStart(3, '0')}/${starts_at}`;
