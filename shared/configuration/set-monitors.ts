import type { Charger } from '#shared/chargers/charger.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import type { Next, PlanSpec, Script, Step } from '#shared/commands/plan.ts';
import { type ItemOutcome, isLastStep, summed } from '#shared/configuration/item-results.ts';
import { itemsPerCall } from '#shared/configuration/items-per-call.ts';
import {
  compareMonitors,
  MonitorNotes,
  MonitorsWanted,
  watchOf,
} from '#shared/configuration/monitors-wanted.ts';
import { takeMonitorStep } from '#shared/configuration/take-monitor-step.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';

const readAll: Step = { type: 'read_monitors', input: {}, numbered: true };

/** How a charger's monitors become those wanted. Throws validation_failed where one is named twice. */
export async function monitorsChange(
  ctx: Context,
  charger: Charger,
  wanted: MonitorsWanted,
): Promise<PlanSpec> {
  checkTwice(wanted);
  const [set, clear] = await Promise.all([
    itemsPerCall(ctx, charger, 'set_monitors'),
    itemsPerCall(ctx, charger, 'clear_monitors'),
  ]);
  const empty: MonitorNotes = {
    sizes: { set, clear },
    base: null,
    level: null,
    read: false,
    todo: null,
    cleared: [],
    written: [],
  };
  const { step, notes } = await nextStep(ctx, charger.id, wanted, empty);
  // Nothing to change: at least it is seen that the charger has them still.
  return { type: 'set_monitors', input: wanted, first: step ?? readAll, notes };
}

function checkTwice({ monitors }: MonitorsWanted): void {
  const watches = monitors.map(watchOf);
  const twice = watches.findIndex((watch, n) => watches.indexOf(watch) < n);
  if (twice < 0) return;
  const message = 'A variable has one monitor of a type and severity.';
  throw new AppError('validation_failed', 'These monitors cannot be set.', {
    errors: [{ field: `monitors.${twice}`, code: 'duplicate', message }],
  });
}

export const monitorsScript: Script = async (ctx, command, step): Promise<Next> => {
  const wanted = MonitorsWanted.parse(command.input);
  const before = MonitorNotes.parse(command.plan?.notes);
  const taken = await takeMonitorStep(ctx, wanted, before, step);
  if (isLastStep(step)) return { outcome: outcomeOf(wanted, taken, step) };
  const next = await nextStep(ctx, command.charger_id, wanted, taken);
  if (next.step) return { step: next.step, notes: next.notes };
  return { outcome: outcomeOf(wanted, next.notes, step) };
};

/** The base first, as it may clear monitors; then the level, and what is too many, before what is missing. */
async function nextStep(
  ctx: Context,
  chargerId: string,
  wanted: MonitorsWanted,
  notes: MonitorNotes,
): Promise<{ step?: Step; notes: MonitorNotes }> {
  const { base, level, clear_others } = wanted;
  if (base && !notes.base) return { step: { type: 'set_monitoring_base', input: { base } }, notes };
  if (level !== undefined && !notes.level)
    return { step: { type: 'set_monitoring_level', input: { level } }, notes };
  if (clear_others && !notes.read) return { step: readAll, notes };
  if (!notes.todo) {
    const { unchanged, ...todo } = await compareMonitors(ctx, chargerId, wanted);
    const known = { ...notes, todo, written: [...notes.written, ...unchanged] };
    return nextStep(ctx, chargerId, wanted, known);
  }
  const { clear, set } = notes.todo;
  if (clear.length > 0) {
    const ids = clear.slice(0, notes.sizes.clear);
    return { step: { type: 'clear_monitors', input: { ids } }, notes };
  }
  if (set.length === 0) return { notes };
  const monitors = set.slice(0, notes.sizes.set);
  return { step: { type: 'write_monitors', input: { monitors } }, notes };
}

function outcomeOf(wanted: MonitorsWanted, notes: MonitorNotes, last: StoredCommand) {
  const { base, level, cleared, written, todo } = notes;
  const seen = new Set(written.map(watchOf));
  const unsent = wanted.monitors
    .filter((one) => !seen.has(watchOf(one)))
    .map((one) => ({ ...one, id: null, outcome: 'not_sent' as const, reason: null }));
  const uncleared = (todo?.clear ?? []).map((id) => ({ id, outcome: 'not_sent' as const }));
  const data = {
    base,
    level,
    cleared: [...cleared, ...uncleared],
    monitors: [...written, ...unsent],
  };
  const single: ItemOutcome[] = [
    ...(wanted.base ? [base ?? 'not_sent'] : []),
    ...(wanted.level === undefined ? [] : [level ?? 'not_sent']),
  ];
  const outcomes = [...single, ...[...data.cleared, ...data.monitors].map((one) => one.outcome)];
  return summed(outcomes, last, data);
}
