import * as z from 'zod';
import {
  completeChargers,
  findCharger,
  mayReach,
  type WholeCharger,
} from '#shared/chargers/charger-view.ts';
import { type About, batchTypes, TEMPLATE } from '#shared/command-batches/batch-types.ts';
import { batchItem, batchTtl, type StoredBatch } from '#shared/command-batches/command-batch.ts';
import { cancelCommand } from '#shared/commands/cancel-command.ts';
import { StoredCommand } from '#shared/commands/command.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { type Outcome, settlement } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, hasCode } from '#shared/core/errors.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { rowsOf } from '#shared/db/read-all.ts';
import { commit } from '#shared/events/commit.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';

/** Commands of a batch serve it. */
export const COMMAND_BATCH = 'command_batch';

/** What the turn of one charger comes to. */
interface Turn {
  readonly writes: readonly Write[];
  readonly tasks?: readonly DueTask[];
  readonly events?: readonly Recorded[];
  readonly parked?: boolean;
  /** How it ended, where it ended at once. */
  readonly ended?: 'rejected' | 'canceled';
}

/**
 * Gives the next chargers their turn, in one transaction with the mark of how far the batch has come: none
 * is started twice, and none is passed over. What cannot be asked of a charger becomes a command that has
 * ended, as do the turns of a batch that stops. Throws ConditionFailed where another was faster.
 */
export async function startNext(ctx: Context, batch: StoredBatch, count: number): Promise<void> {
  const who = onBehalf(ctx, batch);
  const ids = await chargersOf(ctx, batch);
  const turns: Turn[] = [];
  for (const id of ids.slice(batch.next, batch.next + count))
    turns.push(
      batch.status === 'stopping' ? over(who, batch, id, stopped) : await begin(who, batch, id),
    );
  const version = batch.version + 1;
  const after: StoredBatch = {
    ...batch,
    next: batch.next + turns.length,
    parked: batch.parked + turns.filter(({ parked }) => parked).length,
    updated_at: isoNow(ctx),
    version,
  };
  await commit(ctx, {
    aggregate: { kind: 'command_batch', id: batch.id, version },
    writes: [
      { op: 'put', item: batchItem(ctx, after), when: { version: batch.version } },
      ...turns.flatMap(({ writes }) => writes),
      ...endedAtOnce(ctx, batch, turns),
    ],
    tasks: turns.flatMap(({ tasks = [] }) => tasks),
    events: turns.flatMap(({ events = [] }) => events),
  });
}

/** What is done for a batch is done with the reach of whoever asked for it. */
const onBehalf = (ctx: Context, { requested_by: id, site_ids }: StoredBatch): Context =>
  id === null
    ? ctx
    : {
        ...ctx,
        actor: { kind: 'api_key', id, scopes: [], ...(site_ids ? { siteIds: site_ids } : {}) },
      };

async function chargersOf(ctx: Context, { id }: StoredBatch): Promise<string[]> {
  const item = await ctx.table.get(keys.commandBatchChargers(ctx.tenantId, id));
  return Chargers.parse(item).charger_ids;
}
const Chargers = z.object({ charger_ids: z.array(z.string()) });

async function begin(ctx: Context, batch: StoredBatch, id: string): Promise<Turn> {
  const type = batchTypes[batch.type];
  const whole = await wholeOf(ctx, id);
  if (!type || !whole) return over(ctx, batch, id, refusal('not_found', 'Charger not found.'));
  const parked = !whole.connection?.connection_id;
  try {
    if (!whole.charger.ocpp_version)
      throw new AppError('charger_not_registered', `${id} has never connected.`);
    const { writes, tasks } = await type.begin(ctx, whole, batch.input, {
      ...about(batch, id),
      parked,
    });
    return { writes, tasks, parked };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return over(ctx, batch, id, refusal(error.code, error.message));
  }
}

async function wholeOf(ctx: Context, id: string): Promise<WholeCharger | undefined> {
  const charger = await findCharger(ctx, id);
  if (!charger || !mayReach(ctx, charger)) return undefined;
  const [whole] = await completeChargers(ctx, [charger]);
  return whole;
}

const about = ({ id, expires_in_seconds }: StoredBatch, chargerId: string): About => ({
  chargerId,
  batchId: id,
  serves: { kind: COMMAND_BATCH, id },
  ...(expires_in_seconds === null ? {} : { expiresInSeconds: expires_in_seconds }),
});

const refusal = (outcome: string, reason: string): Outcome => ({
  status: 'rejected',
  outcome,
  reason,
});
const stopped: Outcome = {
  status: 'canceled',
  outcome: 'canceled',
  reason: 'The batch was stopped, as too many failed.',
};

/** A command that has ended before it began; only a refusal is news, as the batch tells of its own stop. */
function over(ctx: Context, batch: StoredBatch, chargerId: string, outcome: Outcome): Turn {
  const { serves: _, ...own } = about(batch, chargerId);
  const type = batch.type === TEMPLATE ? 'update_configuration' : batch.type;
  const asked = newCommand(ctx, { ...own, type, input: batch.input });
  const { writes, events = [] } = settlement(
    ctx,
    { ...asked.command, resource_version: 0 },
    outcome,
  );
  const [put] = writes;
  const isRefusal = outcome.status === 'rejected';
  const row: Write[] = put?.op === 'put' ? [{ op: 'put', item: put.item, when: 'absent' }] : [];
  return {
    writes: row,
    events: isRefusal ? events : [],
    ended: isRefusal ? 'rejected' : 'canceled',
  };
}

function endedAtOnce(ctx: Context, batch: StoredBatch, turns: readonly Turn[]): Write[] {
  const rejected = turns.filter(({ ended }) => ended === 'rejected').length;
  const canceled = turns.filter(({ ended }) => ended === 'canceled').length;
  if (rejected + canceled === 0) return [];
  const key = keys.commandBatchTally(ctx.tenantId, batch.id);
  const add = { ended: rejected + canceled, rejected, canceled };
  return [{ op: 'update', key, add, set: { ttl: batchTtl(batch) } }];
}

/** Takes back what was queued and not sent yet, as for chargers that are away. */
export async function cancelWaiting(ctx: Context, batchId: string): Promise<void> {
  const { gsi2pk: pk } = keys.commandsOfBatch(ctx.tenantId, batchId);
  for await (const item of rowsOf(ctx, { index: 'gsi2', pk })) {
    const { id, status } = StoredCommand.parse(item);
    if (status === 'queued') await cancel(ctx, id);
  }
}

async function cancel(ctx: Context, id: string): Promise<void> {
  try {
    await cancelCommand(ctx, id);
  } catch (error) {
    // It went out, or ended, meanwhile.
    if (!hasCode(error, 'conflict') && !hasCode(error, 'not_found')) throw error;
  }
}
