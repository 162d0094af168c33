import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';

const VALID_MS = 24 * 3_600_000;
const Sealed = z.tuple([z.number(), z.string()]);

/**
 * What a client gets as `next_cursor`: the place in the list, unreadable and unforgeable, good for
 * 24 hours, and only for the same list of the same organization with the same filters (`binding`).
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
  binding: `${ctx.tenantId}\n${binding}`,
});

const refused = (code: string, message: string) =>
  new AppError('invalid_request', 'Start again from the first page.', {
    errors: [{ field: 'cursor', code, message }],
  });
