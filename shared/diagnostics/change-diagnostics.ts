import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import {
  diagnosticsItem,
  diagnosticsView,
  findDiagnostics,
  hasEnded,
  type StoredDiagnostics,
} from '#shared/diagnostics/diagnostics.ts';
import { DiagnosticsCompleted, DiagnosticsFailed } from '#shared/diagnostics/events.ts';
import { LookAfterDiagnostics } from '#shared/diagnostics/tasks.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';

/** A charger that has told nothing of a log for this long will not send it. */
const SILENT_AT_MOST_S = 2 * 3600;

type Fields = Partial<Omit<StoredDiagnostics, 'id' | 'resource_version'>>;
interface Change {
  readonly diagnostics: StoredDiagnostics;
  readonly writes: readonly Write[];
  readonly events: readonly Recorded[];
  readonly tasks: readonly DueTask[];
}

/** Changes a request with all that follows. `change` answers undefined where nothing changes. */
export async function changeDiagnostics(
  ctx: Context,
  id: string,
  change: (before: StoredDiagnostics) => (Fields & { tasks?: readonly DueTask[] }) | undefined,
): Promise<void> {
  await retrying(async () => {
    const before = await findDiagnostics(ctx, id);
    const changed = before && change(before);
    if (!before || !changed) return;
    const { tasks: more = [], ...fields } = changed;
    const { diagnostics, writes, events, tasks } = changedDiagnostics(ctx, before, fields);
    const aggregate = { kind: 'diagnostics', id, version: diagnostics.resource_version };
    await commit(ctx, { aggregate, writes, events, tasks: [...tasks, ...more] });
  });
}

/** The same, for a transaction of somebody else. */
export function changedDiagnostics(
  ctx: Context,
  before: StoredDiagnostics,
  fields: Fields,
): Change {
  const at = isoNow(ctx);
  const status = fields.status ?? before.status;
  const ends = hasEnded(status) && status !== before.status;
  const diagnostics: StoredDiagnostics = {
    ...before,
    ...fields,
    completed_at: ends ? at : before.completed_at,
    deadline_at:
      hasEnded(status) || status === 'requested' ? null : plusSeconds(at, SILENT_AT_MOST_S),
    updated_at: at,
    resource_version: before.resource_version + 1,
  };
  const { resource_version } = before;
  return {
    diagnostics,
    writes: [{ op: 'put', item: diagnosticsItem(ctx, diagnostics), when: { resource_version } }],
    events: ends ? eventsOf(ctx, diagnostics) : [],
    tasks: tasksOf(ctx, diagnostics, ends),
  };
}

function eventsOf(ctx: Context, diagnostics: StoredDiagnostics): Recorded[] {
  const { id, status, charger_id, site_id, resource_version: version } = diagnostics;
  if (status === 'canceled') return [];
  const type = status === 'uploaded' ? DiagnosticsCompleted : DiagnosticsFailed;
  const object = diagnosticsView(ctx, diagnostics);
  return [eventOf(ctx, type, { id, version, scope: { charger_id, site_id }, object })];
}

function tasksOf(ctx: Context, { id, deadline_at }: StoredDiagnostics, ends: boolean): DueTask[] {
  const diagnostics_id = id;
  if (ends) return [dueTask(ctx, LookAfterDiagnostics, { diagnostics_id })];
  return deadline_at ? [dueTask(ctx, LookAfterDiagnostics, { diagnostics_id }, deadline_at)] : [];
}
