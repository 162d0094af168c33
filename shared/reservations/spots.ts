import { Charger } from '#shared/chargers/charger.ts';
import {
  completeChargers,
  getWholeCharger,
  type WholeCharger,
} from '#shared/chargers/charger-view.ts';
import type { Connector } from '#shared/connectors/connector.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { requireSite } from '#shared/sites/site.ts';

/** What somebody looks for: a connector, or any that will do of a charger or a site. */
export interface Wanted {
  readonly charger_id?: string | undefined;
  readonly connector?: number | undefined;
  readonly site_id?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly min_power_kw?: number | undefined;
}

/** A connector that will do. */
export interface Spot {
  readonly whole: WholeCharger;
  readonly connector: Connector;
  /** Its number, and those of the same EVSE: only one of them can charge at a time. */
  readonly together: readonly number[];
}

const CHARGERS_AT_MOST = 1000;

/** Where it could be, the weakest that suffices first. Throws not_found (charger), validation_failed (site, connector). */
export async function spotsFor(ctx: Context, wanted: Wanted): Promise<Spot[]> {
  const chargers = await chargersFor(ctx, wanted);
  return chargers
    .flatMap((whole) => spotsOf(whole).filter(({ connector }) => suits(connector, wanted)))
    .sort(byPower);
}

async function chargersFor(ctx: Context, wanted: Wanted): Promise<WholeCharger[]> {
  const { charger_id, connector, site_id } = wanted;
  if (charger_id === undefined) return atSite(ctx, site_id ?? '');
  const whole = await getWholeCharger(ctx, charger_id);
  if (connector !== undefined) connectorPlace(whole.connectors, connector);
  return site_id === undefined || whole.charger.site_id === site_id ? [whole] : [];
}

async function atSite(ctx: Context, siteId: string): Promise<WholeCharger[]> {
  await requireSite(ctx, siteId);
  const all: WholeCharger[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.table.query({
      index: 'gsi2',
      pk: keys.chargersOfSite(ctx.tenantId, siteId).gsi2pk,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    const chargers = page.items.map((item) => Charger.parse(item));
    all.push(
      ...(await completeChargers(
        ctx,
        chargers.filter((c) => !c.decommissioned),
      )),
    );
    cursor = page.cursor;
  } while (cursor && all.length < CHARGERS_AT_MOST);
  return all;
}

const spotsOf = (whole: WholeCharger): Spot[] =>
  whole.connectors.map((connector) => ({
    whole,
    connector,
    together: togetherWith(whole.connectors, connector),
  }));

/** The numbers of all connectors of its EVSE. */
export const togetherWith = (connectors: readonly Connector[], one: Connector): number[] =>
  connectors
    .filter((c) => c.id === one.id || (one.evse_id !== null && c.evse_id === one.evse_id))
    .map((c) => c.id);

const suits = (c: Connector, { connector, type, min_power_kw: power }: Wanted) =>
  (connector === undefined || c.id === connector) &&
  (!type || type.includes(c.type)) &&
  (power === undefined || (c.power_kw ?? 0) >= power);

const byPower = (a: Spot, b: Spot) =>
  (a.connector.power_kw ?? Infinity) - (b.connector.power_kw ?? Infinity) ||
  (a.whole.charger.id < b.whole.charger.id ? -1 : 1);
