import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { type Commit, commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import {
  FirmwareUpdateFailed,
  FirmwareUpdateStarted,
  FirmwareUpdateSucceeded,
} from '#shared/firmware/events.ts';
import {
  findUpdate,
  hasEnded,
  hasFailed,
  type StoredUpdate,
  updateItem,
  updateView,
} from '#shared/firmware/firmware-update.ts';
import { LookAfterFirmwareUpdate } from '#shared/firmware/tasks.ts';
import { hasBegun } from '#shared/firmware/update-progress.ts';

/** A charger that has told nothing of an update for this long will tell no more. */
const SILENT_AT_MOST_S = 6 * 3600;

type Fields = Partial<Omit<StoredUpdate, 'id' | 'resource_version'>>;
type Change = Required<Pick<Commit, 'events' | 'tasks'>> & {
  readonly update: StoredUpdate;
  readonly writes: readonly Write[];
};

/**
 * Changes an update, with all that follows: events once, its deadline anew, and its end told to whom it
 * concerns. `change` answers undefined where nothing changes; that update is the answer then.
 */
export async function changeUpdate(
  ctx: Context,
  id: string,
  change: (before: StoredUpdate) => Fields | undefined,
): Promise<StoredUpdate | undefined> {
  return retrying(async () => {
    const before = await findUpdate(ctx, id);
    const fields = before && change(before);
    if (!before || !fields) return before;
    const { update, ...changed } = changedUpdate(ctx, before, fields);
    const aggregate = { kind: 'firmware_update', id, version: update.resource_version };
    await commit(ctx, { aggregate, ...changed });
    return update;
  });
}

/** The same, for a transaction of somebody else. */
export function changedUpdate(ctx: Context, before: StoredUpdate, fields: Fields): Change {
  const at = isoNow(ctx);
  const status = fields.status ?? before.status;
  const ends = hasEnded(status) && status !== before.status;
  const begins = hasBegun(status) && before.started_at === null;
  const update: StoredUpdate = {
    ...before,
    ...fields,
    started_at: begins ? at : before.started_at,
    ended_at: ends ? at : before.ended_at,
    deadline_at: hasEnded(status) ? null : deadline(ctx, { ...before, ...fields }),
    updated_at: at,
    resource_version: before.resource_version + 1,
  };
  const { resource_version } = before;
  return {
    update,
    writes: [{ op: 'put', item: updateItem(ctx, update), when: { resource_version } }],
    events: eventsOf(ctx, before, update),
    tasks: tasksOf(ctx, update, ends),
  };
}

/** From when it was last heard of, or from when it should go on. Nothing is due of a charger that has not agreed. */
function deadline(ctx: Context, { status, start_at, install_at }: StoredUpdate): string | null {
  if (status === 'scheduled') return null;
  const last = [isoNow(ctx), start_at ?? '', install_at ?? ''].sort().at(-1) ?? isoNow(ctx);
  return plusSeconds(last, SILENT_AT_MOST_S);
}

function eventsOf(ctx: Context, before: StoredUpdate, update: StoredUpdate): Recorded[] {
  const { id, status, charger_id, site_id, resource_version: version } = update;
  if (status === before.status) return [];
  const of = { id, version, scope: { charger_id, site_id }, object: updateView(update) };
  if (status === 'installed') return [eventOf(ctx, FirmwareUpdateSucceeded, of)];
  if (hasFailed(status)) return [eventOf(ctx, FirmwareUpdateFailed, of)];
  const begins = before.started_at === null && update.started_at !== null;
  return begins ? [eventOf(ctx, FirmwareUpdateStarted, of)] : [];
}

function tasksOf(ctx: Context, { id, deadline_at }: StoredUpdate, ends: boolean): DueTask[] {
  const update_id = id;
  if (ends) return [dueTask(ctx, LookAfterFirmwareUpdate, { update_id })];
  return deadline_at ? [dueTask(ctx, LookAfterFirmwareUpdate, { update_id }, deadline_at)] : [];
}
