import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import type { Next, PlanSpec, Script, Step } from '#shared/commands/plan.ts';
import {
  ItemOutcome,
  isLastStep,
  outcomeWithoutResult,
  summed,
} from '#shared/configuration/item-results.ts';
import { itemsPerCall } from '#shared/configuration/items-per-call.ts';
import { isSecretName } from '#shared/configuration/secret-names.ts';
import { storeValues } from '#shared/configuration/store-values.ts';
import { identityOf, ToldRef, VariableRef } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, type FieldError } from '#shared/core/errors.ts';

/** A setting and the value it shall have. */
export const WantedValue = VariableRef.extend({
  value: z.string().max(1000).meta({ description: 'As text, whatever its type.', example: '300' }),
}).meta({ id: 'WantedSetting' });
export type WantedValue = z.infer<typeof WantedValue>;

/** As many as one command changes. */
export const WantedValues = z.array(WantedValue).min(1).max(100);

const Input = z.object({ items: WantedValues });
const Result = WantedValue.extend({ outcome: ItemOutcome, reason: z.string().nullable() });
type Result = z.infer<typeof Result>;
const Notes = z.object({ size: z.int(), results: z.array(Result) });
const Answered = z.object({
  results: z.array(
    z.object({
      /** Left out where a call sets but one. */
      ref: ToldRef.optional(),
      outcome: ItemOutcome,
      reason: z.string().nullable(),
    }),
  ),
});

/** How a charger's settings are changed. Throws validation_failed for secrets and for one named twice. */
export async function configurationUpdate(
  ctx: Context,
  charger: Charger,
  items: readonly WantedValue[],
): Promise<PlanSpec> {
  checkItems(items);
  const size = await itemsPerCall(ctx, charger, 'write');
  return {
    type: 'update_configuration',
    input: { items },
    first: stepOf(items.slice(0, size)),
    notes: { size, results: [] },
  };
}

export function checkItems(items: readonly VariableRef[], field = 'items'): void {
  const seen = new Set<string>();
  const errors = items.flatMap((item, n): FieldError[] => {
    const where = `${field}.${n}.name`;
    if (isSecretName(item.name)) return [{ field: where, code: 'secret', message: SECRET }];
    const identity = identityOf(item);
    if (seen.has(identity)) return [{ field: where, code: 'duplicate', message: 'Named twice.' }];
    seen.add(identity);
    return [];
  });
  if (errors.length > 0)
    throw new AppError('validation_failed', 'These settings cannot be set.', { errors });
}
const SECRET = 'Passwords are changed by rotating the credentials of the charger.';

const stepOf = (items: readonly WantedValue[]): Step => ({
  type: 'write_configuration',
  input: { items },
});

/** A chunk was answered, or not: what was accepted is kept, and the next one goes out. */
export const updateScript: Script = async (ctx, command, step): Promise<Next> => {
  const { items } = Input.parse(command.input);
  const { size, results: before } = Notes.parse(command.plan?.notes);
  const chunk = items.slice(before.length, before.length + size);
  const results = [...before, ...resultsOf(chunk, step)];
  await keepAccepted(ctx, command.charger_id, results.slice(before.length));
  const rest = items.slice(results.length);
  if (rest.length > 0 && !isLastStep(step))
    return { step: stepOf(rest.slice(0, size)), notes: { size, results } };
  const unsent = rest.map((item) => ({ ...item, outcome: 'not_sent' as const, reason: null }));
  const all = [...results, ...unsent];
  const outcomes = all.map(({ outcome }) => outcome);
  return { outcome: summed(outcomes, step, { items: all }) };
};

function resultsOf(chunk: readonly WantedValue[], step: StoredCommand): Result[] {
  const answered = Answered.safeParse(step.status === 'completed' ? step.result?.data : undefined);
  const told = answered.success ? answered.data.results : [];
  const without = outcomeWithoutResult(step);
  return chunk.map((item) => {
    const own = told.find(({ ref }) => !ref || identityOf(ref) === identityOf(item));
    const reason = own ? own.reason : (step.result?.reason ?? null);
    return { ...item, outcome: own?.outcome ?? without, reason };
  });
}

async function keepAccepted(ctx: Context, chargerId: string, results: readonly Result[]) {
  for (const outcome of ['accepted', 'reboot_required'] as const) {
    const taken = results.filter((one) => one.outcome === outcome);
    const told = taken.map(({ value, ...ref }) => ({
      ...VariableRef.parse(ref),
      facts: { value },
    }));
    const reboot = outcome === 'reboot_required';
    await storeValues(ctx, chargerId, told, { by: 'platform', reboot });
  }
}
