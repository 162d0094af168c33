import type { Context } from '#shared/core/context.ts';
import { driverNamed, ownDriverId, reachesDriver } from '#shared/core/driver-access.ts';
import { AppError } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { type NewReservation, unfit } from '#shared/reservations/new-reservation.ts';
import { authorize } from '#shared/tokens/authorize.ts';
import { findToken, findTokenById, Token } from '#shared/tokens/token.ts';

/** Whom a connector is kept for. */
export interface Holder {
  readonly uid: string;
  readonly type: string | null;
  readonly group: string | null;
  readonly token_id: string | null;
  readonly driver_id: string | null;
}

const TOKENS_AT_MOST = 20;

/**
 * Whoever is named, by the token that the charger will know them by and that may charge there. Throws
 * validation_failed for one that is not known, authorization_rejected for one that may not charge.
 */
export async function holderOf(
  ctx: Context,
  asked: Pick<NewReservation, 'token_uid' | 'token_id' | 'driver_id'>,
  chargerId: string | undefined,
): Promise<Holder> {
  const uids =
    asked.token_uid === undefined
      ? await uidsOf(ctx, asked)
      : await uidInHand(ctx, asked.token_uid);
  let verdict = 'unknown';
  for (const uid of uids) {
    const found = await authorize(ctx, { uid, chargerId, purpose: 'standing' });
    verdict = found.verdict;
    if (found.verdict !== 'accepted') continue;
    const { id = null, type = null, group_id = null, driver_id = null } = found.token ?? {};
    return { uid, type, group: group_id, token_id: id, driver_id };
  }
  throw new AppError('authorization_rejected', `The token may not charge there: ${verdict}.`);
}

/** Whoever has a card in hand may name it; a driver's is the driver's own. */
async function uidInHand(ctx: Context, uid: string): Promise<string[]> {
  if (ownDriverId(ctx) === undefined) return [uid];
  const token = await findToken(ctx, uid);
  if (!token || !reachesDriver(ctx, token.driver_id)) throw noToken('token_uid');
  return [token.uid];
}

/** A credential restricted to sites sees no tokens: it names one by its uid. */
async function uidsOf(
  ctx: Context,
  { token_id, driver_id: named }: Pick<NewReservation, 'token_id' | 'driver_id'>,
): Promise<string[]> {
  const driver_id = driverNamed(ctx, named);
  const hidden = allowedSites(ctx) !== undefined;
  if (token_id !== undefined) {
    const token = hidden ? undefined : await findTokenById(ctx, token_id);
    if (!token || !reachesDriver(ctx, token.driver_id)) throw noToken('token_id');
    return [token.uid];
  }
  const { gsi2pk: pk } = keys.tokensOfDriver(ctx.tenantId, driver_id ?? '');
  const page =
    hidden || !reachesDriver(ctx, driver_id)
      ? { items: [] }
      : await ctx.table.query({ index: 'gsi2', pk, limit: TOKENS_AT_MOST });
  const uids = page.items.map((item) => Token.parse(item).uid);
  if (uids.length === 0) throw unfit('driver_id', 'not_found', 'This driver has no token.');
  return uids;
}

const noToken = (field: string) => unfit(field, 'not_found', 'There is no such token.');
