import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { Contract } from '#shared/plug-and-charge/contract.ts';

/** How many days before its end a contract is told of. */
const NOTICE_DAYS = [30, 7, 1] as const;
const DAY_MS = 86_400_000;

/** With its keys: in the list, and under the day of its next notice. */
export function contractItem(ctx: Context, contract: Contract): Item {
  const notice_at = nextNotice(ctx, contract);
  return {
    ...contract,
    ...keys.contract(ctx.tenantId, contract.emaid),
    ...keys.contracts(ctx.tenantId, contract.created_at, contract.emaid),
    ...(notice_at === undefined
      ? { gsi2pk: undefined, gsi2sk: undefined }
      : keys.contractsDue(notice_at.slice(0, 10), ctx.tenantId, contract.emaid)),
    notice_at,
    tenant: ctx.tenantId,
  };
}

/** When its end is to be told next; what lies in the past when a contract changes is not made up for. */
function nextNotice(
  ctx: Pick<Context, 'now'>,
  { expires_at, revoked_at, activated_at }: Contract,
): string | undefined {
  if (!expires_at || revoked_at || !activated_at) return undefined;
  const now = ctx.now().toISOString();
  const instants = NOTICE_DAYS.map((days) => Date.parse(expires_at) - days * DAY_MS);
  return instants.map((ms) => new Date(ms).toISOString()).find((at) => at > now);
}
