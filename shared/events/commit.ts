import type { Aggregate, Context } from '#shared/core/context.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { type DueTask, packOutbox, type Recorded } from '#shared/events/recorded.ts';

const OUTBOX_DAYS = 7;

export interface Commit {
  /** The aggregate whose version orders the outbox: kind, id, and the version this change gives it. */
  readonly aggregate: Aggregate & { readonly version: number };
  readonly writes: readonly Write[];
  readonly events?: readonly Recorded[];
  readonly tasks?: readonly DueTask[];
  /** A row of this change that carries the outbox itself, which saves one write on a hot path. */
  readonly carrier?: Item;
  /** What the audit log tells beside the rows: what is asked for here and done later. */
  readonly noted?: Readonly<Record<string, unknown>>;
}

/**
 * The only way to change state: the rows, one outbox row, and where a caller asked for it the entry of
 * the audit log, all or nothing.
 * Throws ConditionFailed when a condition does not hold.
 */
export async function commit(ctx: Context, change: Commit): Promise<void> {
  const marks = ctx.marker?.writes(change.aggregate) ?? [];
  // Who asks which condition failed counts from the front: the change's own rows, then the outbox.
  await ctx.table.write([
    ...change.writes,
    ...outboxWrites(ctx, change),
    ...marks,
    ...(await entryOf(ctx, change)),
  ]);
  ctx.marker?.seen(change.aggregate);
}

function outboxWrites(ctx: Context, change: Commit): Write[] {
  const { events = [], tasks = [], carrier } = change;
  if (!carrier && events.length === 0 && tasks.length === 0) return [];
  const outbox = packOutbox({
    tenantId: ctx.tenantId,
    livemode: ctx.livemode,
    cause: ctx.cause,
    events: [...events],
    tasks: [...tasks],
  });
  const row: Item = carrier ? { ...carrier, outbox } : { ...outboxRow(ctx, change), outbox };
  return [{ op: 'put', when: 'absent', item: row }];
}

/** The entry of the audit log, where a caller asked for the change. */
async function entryOf(ctx: Context, change: Commit): Promise<Write[]> {
  const { writes, carrier } = change;
  if (!ctx.witness) return [];
  const carried: Write[] = carrier ? [{ op: 'put', when: 'absent', item: carrier }] : [];
  return [await ctx.witness(ctx, { ...change, writes: [...writes, ...carried] })];
}

function outboxRow(ctx: Context, { aggregate }: Commit) {
  const { kind, id, version } = aggregate;
  const ttl = Math.floor(ctx.now().getTime() / 1000) + OUTBOX_DAYS * 86_400;
  return { ...keys.outbox(ctx.tenantId, kind, id, version), ttl };
}
