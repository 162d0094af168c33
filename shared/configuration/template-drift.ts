import * as z from 'zod';
import type { ChargerView } from '#shared/chargers/charger.ts';
import { listChargers } from '#shared/chargers/list-chargers.ts';
import { shelfKey, shelfOf, spotOf } from '#shared/configuration/shelf.ts';
import {
  type ConfigurationTemplate,
  isMatch,
  type TemplateMatch,
} from '#shared/configuration/template.ts';
import type { WantedValue } from '#shared/configuration/update-configuration.ts';
import { VariableRef } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';

const Difference = z.object({
  ...VariableRef.shape,
  wanted: z.string(),
  known: z.string().nullable().meta({ description: 'null: it was never read, nor set.' }),
});
type Difference = z.infer<typeof Difference>;

/** How far chargers are from a template that is for them. */
export const Drift = z
  .object({
    checked: z.int().meta({ description: 'Chargers that were compared, 200 at most.' }),
    more: z.boolean().meta({ description: 'The template is for more than were compared.' }),
    chargers: z.array(z.object({ charger_id: z.string(), differences: z.array(Difference) })),
  })
  .meta({ id: 'ConfigurationDrift' });
export type Drift = z.infer<typeof Drift>;

const CHARGERS_AT_MOST = 200;

/** Compares what is known of the chargers that a template is for with what it wants. Asks no charger. */
export async function driftOf(
  ctx: Context,
  { match, items }: ConfigurationTemplate,
): Promise<Drift> {
  const { chargers, more } = await chargersOf(ctx, match);
  const compared = await Promise.all(
    chargers.map(async (charger) => ({
      charger_id: charger.id,
      differences: await differencesOf(ctx, charger, items),
    })),
  );
  const drifted = compared.filter(({ differences }) => differences.length > 0);
  return { checked: chargers.length, more, chargers: drifted };
}

async function chargersOf(ctx: Context, match: TemplateMatch) {
  const chargers: ChargerView[] = [];
  if (Object.values(match).every((one) => one === null)) return { chargers, more: false };
  const { site_id, model, label } = match;
  const filter = {
    ...(site_id === null ? {} : { site_id }),
    ...(model === null ? {} : { model }),
    ...(label === null ? {} : { label }),
  };
  let cursor: string | undefined;
  do {
    const page = await listChargers(ctx, filter, { limit: CHARGERS_AT_MOST, cursor });
    chargers.push(...page.items.filter((charger) => isMatch(match, charger)));
    cursor = page.cursor;
  } while (cursor !== undefined && chargers.length <= CHARGERS_AT_MOST);
  const more = cursor !== undefined || chargers.length > CHARGERS_AT_MOST;
  return { chargers: chargers.slice(0, CHARGERS_AT_MOST), more };
}

async function differencesOf(
  ctx: Context,
  { id, ocpp_version }: ChargerView,
  items: readonly WantedValue[],
): Promise<Difference[]> {
  const own = itemsFor(ocpp_version, items);
  const shelfKeys = new Map(
    own.map((item) => [shelfKey(ctx, id, item).sk, shelfKey(ctx, id, item)]),
  );
  const rows = await ctx.table.batchGet([...shelfKeys.values()]);
  const shelves = new Map([...shelfKeys.keys()].map((sk, n) => [sk, shelfOf(rows[n])]));
  return own.flatMap(({ value: wanted, ...ref }) => {
    const shelf = shelves.get(shelfKey(ctx, id, ref).sk);
    const known = shelf?.variables[spotOf(ref)]?.value ?? null;
    return known !== null && sameValue(known, wanted) ? [] : [{ ...ref, wanted, known }];
  });
}

/** The items a version has names for: OCPP 1.6 has no components. */
export const itemsFor = (
  version: ChargerView['ocpp_version'],
  items: readonly WantedValue[],
): WantedValue[] =>
  version === null
    ? []
    : items.filter(({ component }) => (component === null) === (version === '1.6'));

/** Chargers write `True` for true and `300.0` for 300. */
function sameValue(known: string, wanted: string): boolean {
  const [a, b] = [known.trim(), wanted.trim()];
  if (a === b || a.toLowerCase() === b.toLowerCase()) return a === b || /^(true|false)$/i.test(a);
  return a !== '' && b !== '' && Number(a) === Number(b);
}
