import * as z from 'zod';
import type { StoredCommand } from '#shared/commands/command.ts';
import { ItemOutcome, outcomeWithoutResult } from '#shared/configuration/item-results.ts';
import { MonitorSpec, monitorsOf } from '#shared/configuration/monitor.ts';
import {
  type MonitorNotes,
  type MonitorsWanted,
  watchOf,
} from '#shared/configuration/monitors-wanted.ts';
import {
  forgetMonitors,
  forgetUnread,
  storeOwnMonitor,
} from '#shared/configuration/store-monitors.ts';
import { ToldRef } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

const ClearResults = z.object({
  results: z.array(z.object({ id: z.int(), outcome: z.string() })),
});
const SetResults = z.object({
  results: z.array(
    z.object({
      ref: ToldRef,
      type: MonitorSpec.shape.type,
      severity: z.int(),
      id: z.int().nullable(),
      outcome: ItemOutcome,
      reason: z.string().nullable(),
    }),
  ),
});

/** Keeps what a step came to, in the monitors known and in the notes. */
export async function takeMonitorStep(
  ctx: Context,
  wanted: MonitorsWanted,
  notes: MonitorNotes,
  step: StoredCommand,
): Promise<MonitorNotes> {
  const outcome = step.status === 'completed' ? 'accepted' : outcomeWithoutResult(step);
  switch (step.type) {
    case 'set_monitoring_base':
      if (outcome === 'accepted') await keepBase(ctx, step.charger_id, wanted);
      return { ...notes, base: outcome };
    case 'set_monitoring_level':
      if (outcome === 'accepted')
        await keep(ctx, step.charger_id, { monitoring_level: wanted.level });
      return { ...notes, level: outcome };
    case 'clear_monitors':
      return takeCleared(ctx, notes, step);
    case 'write_monitors':
      return takeWritten(ctx, notes, step);
    default:
      if (step.result?.outcome === 'nothing_to_report' && step.sent_at)
        await forgetUnread(ctx, step.charger_id, step.sent_at);
      return step.status === 'completed' ? readAnew(notes) : { ...notes, read: true };
  }
}

/** What is to do is found anew from what the charger has: it may have lost what we thought it had. */
const readAnew = (notes: MonitorNotes): MonitorNotes => ({
  ...notes,
  read: true,
  todo: null,
  written: notes.written.filter(({ outcome }) => outcome !== 'unchanged'),
});

/** Any base but `all` clears what was set since the charger was made (2.0.1 N03). */
async function keepBase(ctx: Context, chargerId: string, { base }: MonitorsWanted): Promise<void> {
  await keep(ctx, chargerId, { monitoring_base: base });
  if (base === 'all') return;
  const own = (await monitorsOf(ctx, chargerId)).filter(({ source }) => source === 'platform');
  await forgetMonitors(
    ctx,
    chargerId,
    own.map(({ id }) => id),
  );
}

async function keep(ctx: Context, chargerId: string, set: Readonly<Record<string, unknown>>) {
  const key = keys.configuration(ctx.tenantId, chargerId);
  const write: Write = { op: 'update', key, set };
  await ctx.table.write([write]);
}

async function takeCleared(ctx: Context, notes: MonitorNotes, step: StoredCommand) {
  const todo = notes.todo ?? { clear: [], set: [] };
  const asked = todo.clear.slice(0, notes.sizes.clear);
  const answered = ClearResults.safeParse(step.result?.data);
  const told = new Map(
    answered.success ? answered.data.results.map((one) => [one.id, one.outcome]) : [],
  );
  const cleared = asked.map((id) => ({ id, outcome: clearOutcome(told.get(id), step) }));
  const gone = cleared.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id);
  await forgetMonitors(ctx, step.charger_id, gone);
  return {
    ...notes,
    todo: { ...todo, clear: todo.clear.slice(asked.length) },
    cleared: [...notes.cleared, ...cleared],
  };
}

/** One the charger does not have is as good as cleared. */
function clearOutcome(told: string | undefined, step: StoredCommand): ItemOutcome {
  if (told === undefined) return outcomeWithoutResult(step);
  return told === 'rejected' ? 'rejected' : 'accepted';
}

async function takeWritten(ctx: Context, notes: MonitorNotes, step: StoredCommand) {
  const todo = notes.todo ?? { clear: [], set: [] };
  const asked = todo.set.slice(0, notes.sizes.set);
  const answered = SetResults.safeParse(step.result?.data);
  const results = answered.success ? answered.data.results : [];
  const byWatch = new Map(
    results.map(({ ref, type, severity, ...own }) => [
      watchOf({ ...ref, type, severity, value: 0, transaction_only: false }),
      own,
    ]),
  );
  const written = asked.map((one) => {
    const own = byWatch.get(watchOf(one));
    const { outcome = outcomeWithoutResult(step), id = null, reason = null } = own ?? {};
    return { ...one, id, outcome, reason };
  });
  for (const { id, outcome, reason: _, ...spec } of written)
    if (outcome === 'accepted' && id !== null)
      await storeOwnMonitor(ctx, step.charger_id, { ...spec, id });
  return {
    ...notes,
    todo: { ...todo, set: todo.set.slice(asked.length) },
    written: [...notes.written, ...written],
  };
}
