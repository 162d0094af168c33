import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import {
  type Bookings,
  findBookings,
  isFor,
  keptAt,
  type Shown,
} from '#shared/reservations/bookings.ts';

/** Where a token is shown. */
export interface Where {
  readonly chargerId: string;
  /** Left out, or 0, where the reader of the whole charger was used. */
  readonly connector?: number | undefined;
}

/**
 * Whether what the token is shown at is kept for somebody else now. Without a connector: whether
 * every connector of the charger is.
 */
export async function reservedForAnother(
  ctx: Context,
  { chargerId, connector }: Where,
  shown: Shown,
): Promise<boolean> {
  const bookings = await findBookings(ctx, chargerId);
  if (bookings.bookings.length === 0) return false;
  const numbers = connector ? [connector] : await connectorsOf(ctx, chargerId);
  return numbers.length > 0 && numbers.every((n) => isRefused(ctx, bookings, n, shown));
}

function isRefused(ctx: Context, bookings: Bookings, connector: number, shown: Shown): boolean {
  const kept = keptAt(bookings, connector, isoNow(ctx));
  return kept.length > 0 && !kept.some((booking) => isFor(booking, shown));
}

async function connectorsOf(ctx: Context, chargerId: string): Promise<number[]> {
  const charger = await ctx.table.get(keys.charger(ctx.tenantId, chargerId));
  const ids = charger?.['connector_ids'];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : [];
}
