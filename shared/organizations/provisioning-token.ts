import type { Context } from '#shared/core/context.ts';
import { SEAL_NONCE_BYTES, type Sealing, seal, unseal } from '#shared/core/seal.ts';

/** Rows of the first releases hold the token as it is: operators wrote it there by hand. */
const MARK = 'sealed:';

/** The token of the contract provisioning service as the organization's row may hold it. */
export const sealProvisioningToken = async (ctx: Context, token: string): Promise<string> =>
  MARK + seal(await sealing(ctx), ctx.newSecret(SEAL_NONCE_BYTES), token);

/** What is sent to the service. Throws where it was sealed by another deployment. */
export async function openProvisioningToken(ctx: Context, stored: string): Promise<string> {
  if (!stored.startsWith(MARK)) return stored;
  const token = unseal(await sealing(ctx), stored.slice(MARK.length));
  if (token === undefined) throw new Error('The provisioning token cannot be opened: set it anew.');
  return token;
}

const sealing = async (ctx: Context): Promise<Sealing> => ({
  secret: await ctx.cursorKey(),
  purpose: 'contract-provisioning',
  binding: ctx.tenantId,
});
