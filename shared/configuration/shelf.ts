import * as z from 'zod';
import { StoredVariable, sameName, type VariableRef } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import type { Item, Key } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

/**
 * Variables lie together, one row for each component at its place: a charger reports by component, so a
 * full inventory of a thousand variables is some eighty rows instead of a thousand, and setting one rewrites
 * a kilobyte or two. OCPP 1.6 knows no components: its keys are spread over sixteen shelves.
 */
export const Shelf = z.object({
  charger_id: z.string(),
  component: z.string().nullable(),
  component_instance: z.string().nullable(),
  evse_id: z.number().nullable(),
  evse_connector_id: z.number().nullable(),
  /** By folded name and instance. */
  variables: z.record(z.string(), StoredVariable),
  version: z.int(),
});
export type Shelf = z.infer<typeof Shelf>;

export function shelfKey(ctx: Context, chargerId: string, ref: VariableRef): Key {
  const { component, component_instance, evse_id, evse_connector_id } = ref;
  return keys.shelf(ctx.tenantId, chargerId, [
    sameName(component),
    sameName(component_instance),
    String(evse_id ?? ''),
    String(evse_connector_id ?? ''),
    component === null ? sha256(sameName(ref.name)).slice(0, 1) : '',
  ]);
}

/** The variable's place on its shelf. */
export const spotOf = ({ name, instance }: Pick<VariableRef, 'name' | 'instance'>): string =>
  `${sameName(name)}#${sameName(instance)}`;

export const emptyShelf = (chargerId: string, ref: VariableRef): Shelf => ({
  charger_id: chargerId,
  component: ref.component,
  component_instance: ref.component_instance,
  evse_id: ref.evse_id,
  evse_connector_id: ref.evse_connector_id,
  variables: {},
  version: 0,
});

export const shelfOf = (item: Item | undefined): Shelf | undefined => item && Shelf.parse(item);

/** All shelves of a charger, or of one component of it, in the order of their components. */
export async function allShelves(
  ctx: Context,
  chargerId: string,
  component?: string,
): Promise<Shelf[]> {
  const folded = component === undefined ? undefined : sameName(component);
  const query = keys.shelvesOf(ctx.tenantId, chargerId, folded);
  return (await readAll(ctx, query)).map((item) => Shelf.parse(item));
}
