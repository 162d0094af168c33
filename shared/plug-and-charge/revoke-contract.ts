import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { type ContractView, contractView, getContract } from '#shared/plug-and-charge/contract.ts';
import { contractItem } from '#shared/plug-and-charge/contract-item.ts';
import { blockToken } from '#shared/plug-and-charge/contract-token.ts';
import { ContractRevoked } from '#shared/plug-and-charge/events.ts';

/**
 * Nobody charges by this contract from now on; one revoked before stays as it is. Its certificate is
 * revoked by whoever issued it. Throws not_found, etag_mismatch, site_restricted.
 */
export async function revokeContract(
  ctx: Context,
  emaid: string,
  reason: string | null,
  ifMatch?: number,
): Promise<ContractView> {
  if (allowedSites(ctx))
    throw new AppError(
      'site_restricted',
      'This credential is restricted to sites; contracts are not.',
    );
  return retrying(async () => {
    const before = await getContract(ctx, emaid);
    if (ifMatch !== undefined && before.version !== ifMatch)
      throw new AppError('etag_mismatch', 'The contract has changed since you read it.');
    // The token first: should this end half-way, the contract opens nothing.
    await blockToken(ctx, before.token_id);
    if (before.revoked_at) return contractView(ctx, before);
    const at = isoNow(ctx);
    const next = {
      ...before,
      revoked_at: at,
      revocation_reason: reason,
      updated_at: at,
      version: before.version + 1,
    };
    const object = contractView(ctx, next);
    await commit(ctx, {
      aggregate: { kind: 'contract', id: next.emaid, version: next.version },
      writes: [{ op: 'put', item: contractItem(ctx, next), when: { version: before.version } }],
      events: [eventOf(ctx, ContractRevoked, { id: next.emaid, version: next.version, object })],
    });
    return object;
  });
}
