import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import type { Next, PlanSpec, Script, Step } from '#shared/commands/plan.ts';
import { isLastStep } from '#shared/configuration/item-results.ts';
import { itemsPerCall } from '#shared/configuration/items-per-call.ts';
import { forgetUnread } from '#shared/configuration/store-monitors.ts';
import { byCharger, storeValues } from '#shared/configuration/store-values.ts';
import { Told, VariableRef } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';

/** What is to be read: a variable, or without a name all of a component. */
export const WantedItem = VariableRef.extend({
  name: VariableRef.shape.name.nullable().default(null).meta({
    description: 'Key or variable; left out, every variable of the component (OCPP 2.0.1).',
  }),
}).refine(({ name, component }) => name !== null || component !== null, {
  error: 'A name or a component',
  path: ['name'],
});
type WantedItem = z.infer<typeof WantedItem>;

const Criterion = z.enum(['active', 'available', 'enabled', 'problem']);

/** How much is read again. */
export const RefreshInput = z.object({
  what: z.enum(['full', 'summary', 'items']).optional().meta({
    description:
      '`full`: everything. `summary`: what is not as it should be. `items`: what `items` and `criteria` name. Left out: `items` where there are any, else `full`.',
  }),
  items: z.array(WantedItem).max(200).default([]),
  criteria: z.array(Criterion).max(4).default([]).meta({
    description: 'All components in these states (OCPP 2.0.1).',
  }),
  monitors: z.boolean().default(false).meta({ description: 'The monitors, too (OCPP 2.0.1).' }),
});
export type RefreshInput = z.infer<typeof RefreshInput>;

const Notes = z.object({
  size: z.int(),
  at: z.int(),
  read: z.int(),
  parts: z.int(),
  refused: z.array(z.unknown()),
});
type Notes = z.infer<typeof Notes>;
const Read = z.object({ told: z.array(Told), refused: z.array(z.unknown()) });
const Reported = z.object({ parts: z.int() });

/** How a charger's configuration is read anew. Throws validation_failed where nothing is named. */
export async function configurationRefresh(
  ctx: Context,
  charger: Charger,
  input: RefreshInput,
): Promise<PlanSpec> {
  const size = await itemsPerCall(ctx, charger, 'read');
  const [first] = stepsOf(input, size);
  if (!first) throw nothingNamed();
  const notes: Notes = { size, at: 0, read: 0, parts: 0, refused: [] };
  return { type: 'refresh_configuration', input, first, notes };
}

const nothingNamed = () =>
  new AppError('validation_failed', 'There is nothing to read.', {
    errors: [{ field: 'items', code: 'required', message: 'Name items, criteria or monitors.' }],
  });

const wholly = (what: 'full' | 'summary'): Step => ({
  type: 'read_configuration',
  input: { what },
  numbered: true,
});

/** All calls of a refresh, the same each time. */
function stepsOf(input: RefreshInput, size: number): Step[] {
  const { items, criteria, monitors } = input;
  const isNamed = items.length + criteria.length > 0;
  const { what = isNamed ? 'items' : 'full' } = input;
  const named = items.filter(({ name }) => name !== null);
  const components = items.filter(({ name }) => name === null);
  return [
    ...(what === 'items' ? [] : [wholly(what)]),
    ...chunksOf(named, size).map((some) => ({
      type: 'read_configuration',
      input: { what: 'items', items: some },
    })),
    ...(components.length + criteria.length > 0 ? [reportOf(components, criteria)] : []),
    ...(monitors ? [{ type: 'read_monitors', input: {}, numbered: true }] : []),
  ];
}

const reportOf = (components: readonly WantedItem[], criteria: readonly string[]): Step => ({
  type: 'read_configuration',
  input: { what: 'components', components, criteria },
  numbered: true,
});

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
    all.slice(n * size, (n + 1) * size),
  );

/** What an answer tells is kept; reports keep themselves, part by part. */
export const refreshScript: Script = async (ctx, command, step): Promise<Next> => {
  const before = Notes.parse(command.plan?.notes);
  const notes = await takenIn(ctx, before, step);
  const next = stepsOf(RefreshInput.parse(command.input), notes.size)[notes.at];
  if (next && !isLastStep(step)) return { step: next, notes };
  const { read, parts, refused } = notes;
  const data = { read, parts, refused };
  if (step.status === 'completed' || (read + parts > 0 && !isLastStep(step)))
    return { outcome: { status: 'completed', outcome: 'read', data } };
  const { outcome = 'failed', reason = null } = step.result ?? {};
  const status = step.status === 'queued' || step.status === 'sent' ? 'failed' : step.status;
  return { outcome: { status, outcome, reason, data } };
};

async function takenIn(ctx: Context, notes: Notes, step: StoredCommand): Promise<Notes> {
  const at = notes.at + 1;
  const data = step.status === 'completed' ? step.result?.data : undefined;
  const answer = Read.safeParse(data);
  if (answer.success) {
    const { told, refused } = answer.data;
    await storeValues(ctx, step.charger_id, told, byCharger);
    const all = [...notes.refused, ...refused].slice(0, 200);
    return { ...notes, at, read: notes.read + told.length, refused: all };
  }
  const report = Reported.safeParse(data);
  if (!report.success) return { ...notes, at };
  const hasNoMonitors = step.type === 'read_monitors' && report.data.parts === 0;
  if (hasNoMonitors && step.sent_at) await forgetUnread(ctx, step.charger_id, step.sent_at);
  return { ...notes, at, parts: notes.parts + report.data.parts };
}
