import { listChargers } from '#shared/chargers/list-chargers.ts';
import { batchTypes } from '#shared/command-batches/batch-types.ts';
import {
  batchItem,
  batchTtl,
  batchView,
  type CommandBatch,
  type StoredBatch,
  Tally,
} from '#shared/command-batches/command-batch.ts';
import { RunCommandBatch } from '#shared/command-batches/tasks.ts';
import { callerId } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

/** Which chargers: by name, or all that match. */
export interface BatchTargets {
  readonly charger_ids?: readonly string[] | undefined;
  readonly filter?: ChargerSelection | undefined;
}
interface ChargerSelection {
  readonly site_id?: string | undefined;
  readonly vendor_name?: string | undefined;
  readonly model?: string | undefined;
  readonly label?: string | undefined;
  readonly status?: readonly string[] | undefined;
}

export interface NewBatch extends BatchTargets {
  readonly type: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly concurrency: number;
  readonly max_failures?: number | undefined;
  readonly max_failure_percent?: number | undefined;
  readonly expires_in_seconds?: number | undefined;
}

export const CHARGERS_AT_MOST = 1000;
const PAGE = 200;

/** Begins one command to many chargers. Throws validation_failed where there are none, or too many. */
export async function createBatch(ctx: Context, asked: NewBatch): Promise<CommandBatch> {
  batchTypes[asked.type]?.check?.(asked.input);
  const chargers = await chargersOf(ctx, asked);
  const at = isoNow(ctx);
  const batch: StoredBatch = {
    id: ctx.newId('cba'),
    type: asked.type,
    input: { ...asked.input },
    status: 'running',
    total: chargers.length,
    next: 0,
    parked: 0,
    concurrency: asked.concurrency,
    max_failures: asked.max_failures ?? null,
    max_failure_percent: asked.max_failure_percent ?? null,
    expires_in_seconds: asked.expires_in_seconds ?? null,
    requested_by: callerId(ctx),
    site_ids: allowedSites(ctx)?.slice() ?? null,
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    completed_at: null,
    version: 1,
  };
  const list = keys.commandBatchChargers(ctx.tenantId, batch.id);
  await commit(ctx, {
    aggregate: { kind: 'command_batch', id: batch.id, version: 1 },
    writes: [
      { op: 'put', when: 'absent', item: batchItem(ctx, batch) },
      { op: 'put', item: { ...list, charger_ids: chargers, ttl: batchTtl(batch) } },
    ],
    tasks: [dueTask(ctx, RunCommandBatch, { batch_id: batch.id })],
  });
  return batchView(batch, Tally.parse({}));
}

async function chargersOf(ctx: Context, { charger_ids, filter }: BatchTargets): Promise<string[]> {
  if ((charger_ids === undefined) === (filter === undefined))
    throw refused('Name `charger_ids` or a `filter`, one of them.');
  const ids = charger_ids ? [...new Set(charger_ids)] : await matching(ctx, filter ?? {});
  if (ids.length === 0) throw refused('No charger matches.');
  if (ids.length <= CHARGERS_AT_MOST) return ids;
  throw refused(`More than ${CHARGERS_AT_MOST} chargers match: narrow the filter.`);
}

async function matching(
  ctx: Context,
  { vendor_name: vendor, ...filter }: ChargerSelection,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listChargers(ctx, filter, { limit: PAGE, cursor });
    const wanted = page.items.filter((one) => !vendor || one.vendor_name === vendor);
    ids.push(...wanted.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== undefined && ids.length <= CHARGERS_AT_MOST);
  return ids;
}

const refused = (message: string) =>
  new AppError('validation_failed', 'These chargers cannot be a batch.', {
    errors: [{ field: 'charger_ids', code: 'invalid_value', message }],
  });
