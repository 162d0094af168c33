import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { ownDriverId } from '#shared/core/driver-access.ts';
import { AppError } from '#shared/core/errors.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';
import { allowedSites } from '#shared/core/site-access.ts';

const VALID_MS = 24 * 3_600_000;
const Sealed = z.tuple([z.number(), z.string()]);

/**
 * What a client gets as `next_cursor`: the place in the list, unreadable and unforgeable, good for
 * 24 hours, and only for the same list of the same organization with the same filters (`binding`), for
 * callers who reach the same sites, or are the same driver.
 */
export async function encodeCursor(ctx: Context, binding: string, place: string): Promise<string> {
  const text = JSON.stringify([ctx.now().getTime() + VALID_MS, place]);
  return seal(await sealing(ctx, binding), ctx.newSecret(SEAL_NONCE_BYTES), text);
}

/** The place again. Throws invalid_request for a cursor that is forged, old, or of another list. */
export async function decodeCursor(ctx: Context, binding: string, cursor: string): Promise<string> {
  const text = unseal(await sealing(ctx, binding), cursor);
  if (text === undefined) throw refused('invalid_cursor', 'Not a cursor of this list.');
  const [validUntil, place] = Sealed.parse(JSON.parse(text));
  if (ctx.now().getTime() > validUntil) throw refused('expired_cursor', 'Older than 24 hours.');
  return place;
}

/** Names a list and its filters, whatever order they came in. */
export const cursorBinding = (list: string, filters: Readonly<Record<string, unknown>>): string => {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return JSON.stringify([list, ...given.sort(([a], [b]) => (a < b ? -1 : 1))]);
};

const sealing = async (ctx: Context, binding: string): Promise<Sealing> => ({
  secret: await ctx.cursorKey(),
  purpose: 'cursor',
  binding: `${ctx.tenantId}\n${reachOf(ctx)}${binding}`,
});

/** Who reaches less than all may be read another index, in which a place of theirs means nothing. */
const reachOf = (ctx: Context): string =>
  [ownDriverId(ctx), allowedSites(ctx)?.join()].flatMap((r) => (r ? [`${r}\n`] : [])).join('');

const refused = (code: string, message: string) =>
  new AppError('invalid_request', 'Start again from the first page.', {
    errors: [{ field: 'cursor', code, message }],
  });
