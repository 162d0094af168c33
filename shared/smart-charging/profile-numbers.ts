import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';

/** Numbers from here on are the platform's own, one for each of its slots, so that it needs no memory of them. */
const PLATFORM = 1_000_000_000;
const SESSIONS = 100_000;

/** Our own limit of a connector, or of the whole charger (0). */
export const limitNumber = (connector: number): number => PLATFORM + connector;
/** Our own profile of the session on a connector. */
export const sessionNumber = (connector: number): number => PLATFORM + SESSIONS + connector;

/** A number for a profile of a caller: positive, and not given to another one of this charger. */
export async function newProfileNumber(ctx: Context, chargerId: string): Promise<number> {
  const key = keys.profileNumber(ctx.tenantId, chargerId);
  const number = await ctx.table.increment(key, 'last', { max: PLATFORM - 1 });
  if (number === undefined)
    throw new AppError('conflict', `${chargerId} has no profile numbers left.`);
  return number;
}
