import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { Contract } from '#shared/plug-and-charge/contract.ts';

/** How many days before its end a contract is told of, the first notice first. */
export const NOTICE_DAYS = [30, 7, 1] as const;
const DAY_MS = 86_400_000;

/** With its keys: in the list, and under the day of its next notice. */
export const contractItem = (ctx: Context, contract: Contract): Item => ({
  ...contract,
  ...keys.contract(ctx.tenantId, contract.emaid),
  ...keys.contracts(ctx.tenantId, contract.created_at, contract.emaid),
  ...indexOfNotice(ctx, contract),
  tenant: ctx.tenantId,
});

function indexOfNotice(ctx: Context, contract: Contract) {
  const at = nextNotice(ctx, contract);
  return at === undefined
    ? { gsi2pk: undefined, gsi2sk: undefined }
    : keys.contractsDue(at.slice(0, 10), ctx.tenantId, contract.emaid);
}

/** When its end is to be told next. A contract that begins late misses the notices before that. */
export function nextNotice(ctx: Pick<Context, 'now'>, contract: Contract): string | undefined {
  const { expires_at, revoked_at, activated_at, told_days } = contract;
  if (!expires_at || revoked_at || !activated_at) return undefined;
  const now = ctx.now().toISOString();
  return NOTICE_DAYS.filter((days) => days < (told_days ?? Number.POSITIVE_INFINITY))
    .map((days) => daysBefore(expires_at, days))
    .find((at) => told_days !== null || at > now);
}

/** Which notice is due: that of the fewest days that are left. */
export const dueNotice = (ctx: Pick<Context, 'now'>, expiresAt: string): number | undefined =>
  NOTICE_DAYS.findLast((days) => daysBefore(expiresAt, days) <= ctx.now().toISOString());

const daysBefore = (at: string, days: number) =>
  new Date(Date.parse(at) - days * DAY_MS).toISOString();
