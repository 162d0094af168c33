import type { Context } from '#shared/core/context.ts';
import { conflict, hasCode } from '#shared/core/errors.ts';
import type { Contract } from '#shared/plug-and-charge/contract.ts';
import { createToken, updateToken } from '#shared/tokens/manage-tokens.ts';
import { NewToken } from '#shared/tokens/new-token.ts';
import { findToken } from '#shared/tokens/token.ts';

type Known = Pick<Contract, 'emaid' | 'driver_id' | 'expires_at'>;

/**
 * The token by which a contract is authorised, active and valid as long as the contract is; made where
 * there is none. Throws conflict where another kind of token has its uid.
 */
export async function activeToken(ctx: Context, contract: Known): Promise<string> {
  const { emaid, driver_id, expires_at: valid_until } = contract;
  const token = await findToken(ctx, emaid);
  if (token && (token.type !== 'emaid' || !token.id))
    throw conflict(`There is a token with the uid ${emaid} already, which is no contract.`);
  if (token?.id) {
    const patch = { status: 'active', valid_until, contract_id: emaid } as const;
    await updateToken(ctx, token.id, { ...patch, ...(driver_id ? { driver_id } : {}) });
    return token.id;
  }
  const made = { uid: emaid, type: 'emaid', contract_id: emaid, driver_id, valid_until };
  return (await createToken(ctx, NewToken.parse(made))).id;
}

/** From now on it opens nothing. One that somebody deleted opens nothing anyway. */
export async function blockToken(ctx: Context, tokenId: string): Promise<void> {
  try {
    await updateToken(ctx, tokenId, { status: 'blocked' });
  } catch (error) {
    if (!hasCode(error, 'not_found')) throw error;
  }
}
