import { Charger } from '#shared/chargers/charger.ts';
import {
  completeChargers,
  connectorView,
  mayReach,
  type WholeCharger,
} from '#shared/chargers/charger-view.ts';
import type { ConnectorListed } from '#shared/connectors/events.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

export interface ConnectorFilter {
  readonly site_id?: string | undefined;
  readonly charger_id?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly min_power_kw?: number | undefined;
  readonly updated_since?: string | undefined;
}

const CHARGERS_AT_ONCE = 200;
/** Matches are counted up to here; past it the total is unknown. */
const COUNTED_AT_MOST = 2000;

/**
 * Connectors by charger and number. A page holds the connectors of whole chargers, so it may run a
 * few past the limit; `total` counts all matches and is null when that means reading over 2,000 chargers.
 */
export async function listConnectors(
  ctx: Context,
  filter: ConnectorFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: ConnectorListed[]; total: number | null; cursor?: string }> {
  if (filter.site_id && !mayReach(ctx, { site_id: filter.site_id })) return { items: [], total: 0 };
  const all: ConnectorListed[] = [];
  const beyond = () => all.filter((c) => !cursor || place(c) > cursor);
  let next: string | undefined;
  let read = 0;
  do {
    const page = await ctx.table.query({
      ...(filter.site_id
        ? { index: 'gsi2' as const, pk: keys.chargersOfSite(ctx.tenantId, filter.site_id).gsi2pk }
        : { index: 'gsi1' as const, pk: keys.chargers(ctx.tenantId).gsi1pk }),
      limit: CHARGERS_AT_ONCE,
      ...(next ? { cursor: next } : {}),
    });
    const chargers = page.items.map((i) => Charger.parse(i)).filter((c) => wanted(ctx, c, filter));
    const whole = await completeChargers(ctx, chargers);
    all.push(...whole.flatMap(listed).filter((c) => matches(c, filter)));
    read += page.items.length;
    next = page.cursor;
  } while (next && (read < COUNTED_AT_MOST || beyond().length <= limit));
  const rest = beyond();
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last;
  return { items, total: next ? null : all.length, ...(more ? { cursor: place(last) } : {}) };
}

const wanted = (ctx: Context, charger: Charger, { charger_id }: ConnectorFilter) =>
  mayReach(ctx, charger) && (charger_id === undefined || charger.id === charger_id);

const listed = ({ charger, connection, connectors }: WholeCharger): ConnectorListed[] =>
  connectors.map((c) => ({
    ...connectorView(c, connection?.state !== 'online'),
    charger_id: charger.id,
    site_id: charger.site_id,
    resource_version: c.version,
  }));

function matches(connector: ConnectorListed, filter: ConnectorFilter): boolean {
  const { status, type, min_power_kw: power, updated_since: since } = filter;
  const changed = connector.status_updated_at;
  return (
    (!status || status.includes(connector.status)) &&
    (!type || type.includes(connector.type)) &&
    (power === undefined || (connector.power_kw ?? 0) >= power) &&
    (!since || (changed !== null && Date.parse(changed) >= Date.parse(since)))
  );
}

const place = ({ charger_id, id }: Pick<ConnectorListed, 'charger_id' | 'id'>) =>
  `${charger_id}/${String(id).padStart(3, '0')}`;
