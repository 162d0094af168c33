import * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { rowsOf } from '#shared/db/read-all.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { Contract, contractView } from '#shared/plug-and-charge/contract.ts';
import { contractItem } from '#shared/plug-and-charge/contract-item.ts';
import { ContractExpiring } from '#shared/plug-and-charge/events.ts';

/** A deployment that stood still this long catches up on what it missed. */
const LOOK_BACK_DAYS = 31;
const DAY_MS = 86_400_000;

/** Tells of contracts of all organizations that end in 30, 7 or 1 days, each once. */
export async function watchContracts(ctx: Context): Promise<void> {
  for (let back = LOOK_BACK_DAYS; back >= 0; back--) {
    const day = new Date(ctx.now().getTime() - back * DAY_MS).toISOString().slice(0, 10);
    await tellOfDay(ctx, day);
  }
}

async function tellOfDay(ctx: Context, day: string): Promise<void> {
  const { gsi2pk: pk } = keys.contractsDue(day);
  for await (const item of rowsOf(ctx, { index: 'gsi2', pk })) {
    const { notice_at, tenant, ...contract } = Due.parse(item);
    const whose = { ...ctx, tenantId: tenant, livemode: contract.livemode };
    if (notice_at <= isoNow(ctx)) await tell(whose, contract);
  }
}

const Due = Contract.extend({ notice_at: z.string(), tenant: z.string() });

async function tell(ctx: Context, before: Contract): Promise<void> {
  const next: Contract = { ...before, version: before.version + 1 };
  const object = contractView(ctx, next);
  const told = eventOf(ctx, ContractExpiring, { id: next.emaid, version: next.version, object });
  try {
    await commit(ctx, {
      aggregate: { kind: 'contract', id: next.emaid, version: next.version },
      writes: [{ op: 'put', item: contractItem(ctx, next), when: { version: before.version } }],
      events: object.status === 'expiring' ? [told] : [],
    });
  } catch (error) {
    // It has changed meanwhile: the next run sees what it is then.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
