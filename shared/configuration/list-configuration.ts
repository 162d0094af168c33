import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { type Monitor, monitorsOf } from '#shared/configuration/monitor.ts';
import { isSecretName } from '#shared/configuration/secret-names.ts';
import { allShelves, type Shelf } from '#shared/configuration/shelf.ts';
import {
  type ConfigurationItem,
  identityOf,
  type StoredVariable,
} from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

export interface ConfigurationFilter {
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
  /** The whole name of the component, in any case. */
  readonly component?: string | undefined;
  readonly changed_since?: string | undefined;
}

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What a charger was last told of its monitors as a whole. */
export const Monitoring = z.object({
  monitoring_base: z.string().nullable().default(null),
  monitoring_level: z.int().nullable().default(null),
});

export interface KnownConfiguration {
  readonly items: ConfigurationItem[];
  readonly total: number;
  readonly cursor?: string;
}

/**
 * What is known of a charger's settings, by component and name. All of it is read for a page: a
 * thousand variables are some 200 KB. Throws not_found.
 */
export async function listConfiguration(
  ctx: Context,
  chargerId: string,
  filter: ConfigurationFilter,
  { limit, cursor }: Page,
): Promise<KnownConfiguration> {
  const charger = await getCharger(ctx, chargerId);
  const shelves = await allShelves(ctx, chargerId, filter.component);
  const all = shelves
    .flatMap((shelf) => itemsOn(charger, shelf))
    .filter((item) => matches(item, filter))
    .map((item) => ({ item, place: identityOf(item) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const rest = cursor === undefined ? all : all.filter(({ place }) => place > cursor);
  const page = rest.slice(0, limit);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  return {
    items: page.map(({ item }) => item),
    total: all.length,
    ...(last ? { cursor: last.place } : {}),
  };
}

/** The monitors known of a charger. Throws not_found. */
export async function listMonitors(ctx: Context, chargerId: string): Promise<Monitor[]> {
  await getCharger(ctx, chargerId);
  return monitorsOf(ctx, chargerId);
}

export async function readMonitoring(ctx: Context, chargerId: string) {
  const item = await ctx.table.get(keys.configuration(ctx.tenantId, chargerId));
  return Monitoring.parse(item ?? {});
}

function matches(item: ConfigurationItem, { name, changed_since: since }: ConfigurationFilter) {
  return (
    (!name || item.name.toLowerCase().includes(name.toLowerCase())) &&
    (!since || item.changed_at >= since)
  );
}

const itemsOn = (charger: Charger, shelf: Shelf): ConfigurationItem[] =>
  Object.values(shelf.variables).map((variable) => itemOf(charger, shelf, variable));

function itemOf(charger: Charger, shelf: Shelf, variable: StoredVariable): ConfigurationItem {
  const { name, instance, source, read_at, changed_at } = variable;
  return {
    name,
    component: shelf.component,
    component_instance: shelf.component_instance,
    instance,
    evse_id: shelf.evse_id,
    evse_connector_id: shelf.evse_connector_id,
    value: variable.value ?? null,
    target: variable.target ?? null,
    min_set: variable.min_set ?? null,
    max_set: variable.max_set ?? null,
    readonly: variable.readonly ?? null,
    write_only: variable.write_only ?? false,
    secret: isSecretName(name),
    unit: variable.unit ?? null,
    data_type: variable.data_type ?? null,
    values_list: variable.values_list ?? null,
    min_limit: variable.min_limit ?? null,
    max_limit: variable.max_limit ?? null,
    supports_monitoring: variable.supports_monitoring ?? null,
    reboot_required: waitsForReboot(charger, variable),
    source,
    read_at,
    changed_at,
  };
}

/** Set before the charger last started, it is in force since. */
const waitsForReboot = ({ booted_at }: Charger, { reboot_since: since }: StoredVariable): boolean =>
  since !== undefined && (booted_at === null || booted_at <= since);
