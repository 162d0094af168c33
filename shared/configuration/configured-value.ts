import { shelfKey, shelfOf, spotOf } from '#shared/configuration/shelf.ts';
import type { StoredVariable, VariableRef } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';

/** An OCPP 1.6 key by its name, or a variable of the device model. */
export type Wanted =
  | string
  | {
      readonly component: string;
      readonly variable: string;
      readonly instance?: string;
      readonly evseId?: number;
    };

/**
 * What a charger's setting was when last told or set; undefined where nobody knows. One read. A charger
 * that changed versions has both kinds: ask for the one its version has.
 */
export async function configuredValue(
  ctx: Context,
  chargerId: string,
  wanted: Wanted,
): Promise<string | undefined> {
  return (await findVariable(ctx, chargerId, refOf(wanted)))?.value;
}

/** The same as a whole number; undefined for anything else. */
export async function configuredNumber(
  ctx: Context,
  chargerId: string,
  wanted: Wanted,
): Promise<number | undefined> {
  const value = await configuredValue(ctx, chargerId, wanted);
  return value !== undefined && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : undefined;
}

export async function findVariable(
  ctx: Context,
  chargerId: string,
  ref: VariableRef,
): Promise<StoredVariable | undefined> {
  const shelf = shelfOf(await ctx.table.get(shelfKey(ctx, chargerId, ref)));
  return shelf?.variables[spotOf(ref)];
}

function refOf(wanted: Wanted): VariableRef {
  const nowhere = { component_instance: null, evse_connector_id: null };
  if (typeof wanted === 'string')
    return { ...nowhere, name: wanted, component: null, instance: null, evse_id: null };
  const { component, variable, instance = null, evseId = null } = wanted;
  return { ...nowhere, name: variable, component, instance, evse_id: evseId };
}
