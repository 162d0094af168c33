import { Charger } from '#shared/chargers/charger.ts';
import { ConfigurationChanged } from '#shared/configuration/events.ts';
import { learnFromValues } from '#shared/configuration/learn-from-values.ts';
import { withoutSecret } from '#shared/configuration/secret-names.ts';
import { emptyShelf, type Shelf, shelfKey, shelfOf, spotOf } from '#shared/configuration/shelf.ts';
import type { Facts, StoredVariable, Told, VariableRef } from '#shared/configuration/variable.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { countBy, readCount } from '#shared/core/counts.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Key, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { Recorded } from '#shared/events/recorded.ts';

/** Who says so: the charger, or we, whom it obeyed. `reboot`: it obeys when it has restarted. */
export type Source =
  | { readonly by: 'charger' }
  | { readonly by: 'platform'; readonly reboot: boolean };
export const byCharger: Source = { by: 'charger' };

type Change = Pick<StoredVariable, 'value'> & { readonly ref: VariableRef; readonly was: string };

/** No charger has so many components; one that tells of more is told no longer. */
const SHELVES_AT_MOST = 2000;
/** A row holds 400 KB; a component with more to tell than this talks nonsense. */
const SHELF_AT_MOST = 300_000;
const AT_ONCE = 10;

/**
 * Keeps what is known of variables. Told twice, or in another order, it comes to the same; a value that
 * differs from the one known makes an event. Secrets are kept without their values.
 */
export async function storeValues(
  ctx: Context,
  chargerId: string,
  told: readonly Told[],
  source: Source,
): Promise<void> {
  const byShelf = Map.groupBy(told.filter(isNameable), (one) => shelfKey(ctx, chargerId, one).sk);
  const shelves = [...byShelf.values()];
  for (let n = 0; n < shelves.length; n += AT_ONCE) {
    const some = shelves.slice(n, n + AT_ONCE);
    await Promise.all(some.map((of) => storeOnShelf(ctx, chargerId, of, source)));
  }
  if (source.by === 'charger') await learnFromValues(ctx, chargerId, told);
}

/** No name that a protocol allows is longer; what is told under such a one is no setting. */
const isNameable = ({ name, component, component_instance, instance }: Told): boolean =>
  name !== '' &&
  name.length <= 500 &&
  [component, component_instance, instance].every((part) => (part?.length ?? 0) <= 50);

async function storeOnShelf(
  ctx: Context,
  chargerId: string,
  told: readonly Told[],
  source: Source,
): Promise<void> {
  const [first] = told;
  if (!first) return;
  const key = shelfKey(ctx, chargerId, first);
  await retrying(async () => {
    const found = shelfOf(await ctx.table.get(key));
    const before = found ?? emptyShelf(chargerId, first);
    const { variables, changes } = merged(ctx, before, told, source);
    const shelf: Shelf = { ...before, variables, version: before.version + 1 };
    if (!(await isReasonable(ctx, shelf, found === undefined))) return;
    await commit(ctx, {
      aggregate: { kind: 'configuration', id: `${chargerId}#${key.sk}`, version: shelf.version },
      writes: shelfWrites(ctx, key, shelf),
      events: changes.length > 0 ? [await changeEvent(ctx, shelf, changes, source)] : [],
    });
  });
}

const shelfWrites = (ctx: Context, key: Key, shelf: Shelf): Write[] => {
  const item = { ...key, ...shelf };
  return shelf.version === 1
    ? [{ op: 'put', item, when: 'absent' }, countBy(shelvesCount(ctx, shelf), 1)]
    : [{ op: 'put', item, when: { version: shelf.version - 1 } }];
};

const shelvesCount = (ctx: Context, { charger_id }: Shelf) =>
  keys.configuration(ctx.tenantId, charger_id);

async function isReasonable(ctx: Context, shelf: Shelf, isNew: boolean): Promise<boolean> {
  const isFull = isNew && (await readCount(ctx.table, shelvesCount(ctx, shelf))) >= SHELVES_AT_MOST;
  if (!isFull && JSON.stringify(shelf).length < SHELF_AT_MOST) return true;
  const { charger_id: charger, component } = shelf;
  ctx.log.warn('More configuration than a charger can have is left out', { charger, component });
  return false;
}

function merged(ctx: Context, shelf: Shelf, told: readonly Told[], source: Source) {
  const at = isoNow(ctx);
  const variables = { ...shelf.variables };
  const changes: Change[] = [];
  for (const { facts: known, ...ref } of told.map(withoutSecret)) {
    const spot = spotOf(ref);
    const before = variables[spot];
    const isNews = known.value !== undefined && known.value !== before?.value;
    if (isNews && before?.value !== undefined)
      changes.push({ ref, value: known.value, was: before.value });
    variables[spot] = {
      ...before,
      ...definedOf(known),
      // The charger's spelling, once it has told it.
      name: source.by === 'charger' ? ref.name : (before?.name ?? ref.name),
      instance: ref.instance,
      source: source.by,
      read_at: source.by === 'charger' ? at : (before?.read_at ?? null),
      changed_at: isNews ? at : (before?.changed_at ?? at),
      ...(source.by === 'platform' ? { reboot_since: source.reboot ? at : undefined } : {}),
    };
  }
  return { variables, changes };
}

const definedOf = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

async function changeEvent(
  ctx: Context,
  { charger_id, version }: Shelf,
  changes: readonly Change[],
  source: Source,
): Promise<Recorded> {
  const item = await ctx.table.get(keys.charger(ctx.tenantId, charger_id));
  const site_id = item ? Charger.parse(item).site_id : null;
  const reboot_required = source.by === 'platform' && source.reboot;
  return eventOf(ctx, ConfigurationChanged, {
    id: charger_id,
    version,
    scope: { charger_id, site_id },
    object: {
      id: charger_id,
      charger_id,
      source: source.by,
      changes: changes.map(({ ref, value, was }) => ({
        ...ref,
        value: value ?? null,
        previous: was,
        reboot_required,
      })),
      changed_at: isoNow(ctx),
    },
  });
}
