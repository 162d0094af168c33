import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { Certificate } from '#shared/plug-and-charge/certificate.ts';
import {
  type Contract,
  contractStatus,
  contractView,
  findContract,
} from '#shared/plug-and-charge/contract.ts';
import { contractItem } from '#shared/plug-and-charge/contract-item.ts';
import { activeToken } from '#shared/plug-and-charge/contract-token.ts';
import { ContractProvisioned } from '#shared/plug-and-charge/events.ts';
import { certificateDetails } from '#shared/plug-and-charge/read-contract-chain.ts';

/**
 * A certificate of the contract is in a car: it was provided for one, or a car has shown it. `path` is
 * that certificate with its issuers, where it was seen. Nothing changes for an eMAID that is not
 * provisioned here, for a contract that is over, or for news that is none.
 */
export async function activateContract(
  ctx: Context,
  emaid: string,
  path: readonly Certificate[] = [],
): Promise<void> {
  await retrying(async () => {
    const before = await findContract(ctx, emaid);
    if (!before || ['revoked', 'expired'].includes(contractStatus(ctx, before))) return;
    const next = activated(ctx, before, path);
    if (!next) return;
    if (next.expires_at !== before.expires_at) await activeToken(ctx, next);
    const events = [
      eventOf(ctx, ContractProvisioned, {
        id: next.emaid,
        version: next.version,
        object: contractView(ctx, next),
      }),
    ];
    await commit(ctx, {
      aggregate: { kind: 'contract', id: next.emaid, version: next.version },
      writes: [{ op: 'put', item: contractItem(ctx, next), when: { version: before.version } }],
      events,
    });
  });
}

function activated(
  ctx: Context,
  before: Contract,
  path: readonly Certificate[],
): Contract | undefined {
  const [leaf] = path;
  const isSeen = !leaf || leaf.fingerprint === before.certificate?.fingerprint;
  // A car may still show the certificate before the newest.
  const isOlder =
    leaf && before.certificate && leaf.notAfter.toISOString() < before.certificate.not_after;
  if (before.activated_at && (isSeen || isOlder)) return undefined;
  const at = isoNow(ctx);
  return {
    ...before,
    ...(leaf
      ? {
          certificate: certificateDetails(leaf),
          chain: path.map(({ pem }) => pem),
          expires_at: endOf(before, leaf),
        }
      : {}),
    activated_at: before.activated_at ?? at,
    updated_at: at,
    version: before.version + 1,
  };
}

/** An end that was agreed before that of the certificate stays. */
function endOf({ expires_at, certificate }: Contract, leaf: Certificate): string {
  const end = leaf.notAfter.toISOString();
  const agreed = expires_at !== null && expires_at !== certificate?.not_after;
  return agreed && expires_at < end ? expires_at : end;
}
