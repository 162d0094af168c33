import type { Context } from '#shared/core/context.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;
/** Rows of the first releases hold the secret as it is. */
const MARK = 'sealed:';

export const newWebhookSecret = (ctx: Pick<Context, 'newSecret'>): string =>
  SECRET_PREFIX + Buffer.from(ctx.newSecret(SECRET_BYTES), 'base64url').toString('base64');

/** The secret as the row of its endpoint may hold it. */
export const sealWebhookSecret = async (
  ctx: Context,
  endpointId: string,
  secret: string,
): Promise<string> =>
  MARK + seal(await sealing(ctx, endpointId), ctx.newSecret(SEAL_NONCE_BYTES), secret);

/** What signs. Throws where it was sealed by another deployment. */
async function openWebhookSecret(
  ctx: Context,
  endpointId: string,
  stored: string,
): Promise<string> {
  if (!stored.startsWith(MARK)) return stored;
  const secret = unseal(await sealing(ctx, endpointId), stored.slice(MARK.length));
  if (secret === undefined) throw new Error('The webhook secret cannot be opened: rotate it.');
  return secret;
}

type Stored = { readonly value: string; readonly expires_at: string | null };

/** What a row of the first releases holds in the clear is sealed when it is next written. */
export const sealAll = (ctx: Context, id: string, secrets: readonly Stored[]) =>
  Promise.all(
    secrets.map(async ({ value, expires_at }) => ({
      value: value.startsWith(MARK) ? value : await sealWebhookSecret(ctx, id, value),
      expires_at,
    })),
  );
export const openAll = (ctx: Context, id: string, secrets: readonly Stored[]) =>
  Promise.all(
    secrets.map(async ({ value, expires_at }) => ({
      value: await openWebhookSecret(ctx, id, value),
      expires_at,
    })),
  );

const sealing = async (ctx: Context, endpointId: string): Promise<Sealing> => ({
  secret: await ctx.cursorKey(),
  purpose: 'webhook-secret',
  binding: `${ctx.tenantId}\n${endpointId}`,
});
