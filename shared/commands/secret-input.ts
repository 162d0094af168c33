import type { Context } from '#shared/core/context.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';

/**
 * A secret on its way to a charger lies in its command sealed, and so in all that shows the command;
 * it is opened for the one moment in which the call goes over the wire.
 */
const MARK = 'sealed:';
const SHOWN = '(secret)';

/** The text as a command's input may hold it. Good for a call to this charger only. */
export const sealSecret = async (ctx: Context, chargerId: string, text: string): Promise<string> =>
  (await secretSealer(ctx, chargerId))(text);

/** The same for many texts of one call. */
export async function secretSealer(
  ctx: Context,
  chargerId: string,
): Promise<(text: string) => string> {
  const sealed = await sealing(ctx, chargerId);
  return (text) => MARK + seal(sealed, ctx.newSecret(SEAL_NONCE_BYTES), text);
}

/** What goes over the wire: the payload with its sealed texts opened. */
export async function revealSecrets(
  ctx: Context,
  chargerId: string,
  payload: unknown,
): Promise<unknown> {
  if (!mayHoldSecrets(payload)) return payload;
  const opening = await sealing(ctx, chargerId);
  return mapSealed(payload, (text) => unseal(opening, text.slice(MARK.length)) ?? text);
}

/** What people, events and logs are shown of it. */
export const hideSecrets = (value: unknown): unknown =>
  mayHoldSecrets(value) ? mapSealed(value, () => SHOWN) : value;

const mayHoldSecrets = (value: unknown) => JSON.stringify(value)?.includes(MARK) ?? false;

function mapSealed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return value.startsWith(MARK) ? change(value) : value;
  if (Array.isArray(value)) return value.map((each) => mapSealed(each, change));
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, each]) => [name, mapSealed(each, change)]);
  return Object.fromEntries(entries);
}

const sealing = async (ctx: Context, chargerId: string): Promise<Sealing> => ({
  secret: await ctx.cursorKey(),
  purpose: 'charger-secret',
  binding: `${ctx.tenantId}\n${chargerId}`,
});
