import {
  batchItem,
  batchView,
  findBatch,
  readTally,
  type StoredBatch,
  type Tally,
} from '#shared/command-batches/command-batch.ts';
import { CommandBatchCompleted } from '#shared/command-batches/events.ts';
import { startNext } from '#shared/command-batches/start-next.ts';
import { RunCommandBatch } from '#shared/command-batches/tasks.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { dueTask } from '#shared/events/task.ts';

/** So many commands are started by one transaction. */
const AT_ONCE = 5;
/** More turns than a batch of a thousand takes. */
const TURNS_AT_MOST = 2000;

/**
 * Moves a batch on as far as it may go now: starts what there is room for, stops it where too many failed,
 * ends it where all have ended. May be called by many at once, and at any time.
 */
export async function runBatch(ctx: Context, id: string): Promise<void> {
  for (let turn = 0; turn < TURNS_AT_MOST; turn += 1) {
    try {
      if (!(await moveOn(ctx, id))) return;
    } catch (error) {
      // Another was faster: see what is left to do.
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  throw new Error(`The batch ${id} finds no end.`);
}

/** One step; false where there is none to take now. */
async function moveOn(ctx: Context, id: string): Promise<boolean> {
  const batch = await findBatch(ctx, id);
  if (!batch || batch.status === 'completed' || batch.status === 'stopped') return false;
  const tally = await readTally(ctx, id);
  if (batch.status === 'running' && hasFailedTooOften(batch, tally)) return stop(ctx, batch);
  if (batch.next < batch.total) {
    const room = batch.status === 'stopping' ? AT_ONCE : roomIn(batch, tally);
    if (room <= 0) return false;
    await startNext(ctx, batch, Math.min(room, AT_ONCE));
    return true;
  }
  if (tally.ended >= batch.total) return end(ctx, batch, tally);
  return false;
}

/** How many more may be under way. One whose charger was away holds up no other. */
const roomIn = ({ concurrency, next, parked }: StoredBatch, { ended, parked_ended }: Tally) =>
  concurrency - (next - parked - (ended - parked_ended));

function hasFailedTooOften(batch: StoredBatch, tally: Tally): boolean {
  const { max_failures: count, max_failure_percent: percent, total } = batch;
  const failures = tally.rejected + tally.failed + tally.timed_out + tally.expired;
  return (
    (count !== null && failures > count) || (percent !== null && failures * 100 > percent * total)
  );
}

/** What waits to be sent is taken back by a task of its own, so that it is done whatever happens to us. */
async function stop(ctx: Context, batch: StoredBatch): Promise<boolean> {
  const { id } = batch;
  const version = batch.version + 1;
  const after: StoredBatch = { ...batch, status: 'stopping', updated_at: isoNow(ctx), version };
  await commit(ctx, {
    aggregate: { kind: 'command_batch', id, version },
    writes: [{ op: 'put', item: batchItem(ctx, after), when: { version: batch.version } }],
    tasks: [dueTask(ctx, RunCommandBatch, { batch_id: id, cancel_waiting: true })],
  });
  return true;
}

async function end(ctx: Context, batch: StoredBatch, tally: Tally): Promise<boolean> {
  const status = batch.status === 'stopping' ? 'stopped' : 'completed';
  const at = isoNow(ctx);
  const after: StoredBatch = {
    ...batch,
    status,
    completed_at: at,
    updated_at: at,
    version: batch.version + 1,
  };
  const { id, version } = after;
  await commit(ctx, {
    aggregate: { kind: 'command_batch', id, version },
    writes: [{ op: 'put', item: batchItem(ctx, after), when: { version: batch.version } }],
    events: [eventOf(ctx, CommandBatchCompleted, { id, version, object: batchView(after, tally) })],
  });
  return false;
}
