import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { Charger, type ChargerView, Connection } from '#shared/chargers/charger.ts';
import { chargerStatus } from '#shared/chargers/charger-status.ts';
import { Connector } from '#shared/connectors/connector.ts';
import { shownStatus } from '#shared/connectors/shown-status.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, notFound } from '#shared/core/errors.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import { later } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';

/** A charger with its hot rows. */
export interface WholeCharger {
  readonly charger: Charger;
  readonly connection: Connection | undefined;
  readonly connectors: readonly Connector[];
}

/** The charger of this id, unless there is none or it is decommissioned. */
export async function findCharger(ctx: Context, id: string): Promise<Charger | undefined> {
  const item = await ctx.table.get(keys.charger(ctx.tenantId, id));
  const charger = item && Charger.parse(item);
  return charger?.decommissioned ? undefined : charger;
}

export async function getCharger(ctx: Context, id: string): Promise<Charger> {
  const charger = await findCharger(ctx, id);
  if (!charger || !mayReach(ctx, charger)) throw notFound('Charger');
  return charger;
}

/** A credential restricted to sites does not see chargers elsewhere. */
export const mayReach = (ctx: Context, { site_id }: Pick<Charger, 'site_id'>): boolean =>
  reachesSite(ctx, site_id);

/** Throws site_restricted where the caller would put a charger out of its own sight. */
export function requireReach(ctx: Context, charger: Pick<Charger, 'site_id'>): void {
  if (mayReach(ctx, charger)) return;
  throw new AppError('site_restricted', 'Name a site: this credential is restricted to some.');
}

/** Completes chargers with connection and connectors, in one batch read. */
export async function completeChargers(
  ctx: Context,
  chargers: readonly Charger[],
): Promise<WholeCharger[]> {
  const wanted = chargers.flatMap((c) => [
    keys.connection(ctx.tenantId, c.id),
    ...c.connector_ids.map((n) => keys.connector(ctx.tenantId, c.id, n)),
  ]);
  const rows = await ctx.table.batchGet(wanted);
  let next = 0;
  return chargers.map((charger) => {
    const connection = rows[next++];
    const connectors = charger.connector_ids.map(() => rows[next++]);
    return {
      charger,
      connection: connection && Connection.parse(connection),
      connectors: connectors.filter((c) => c !== undefined).map((c) => Connector.parse(c)),
    };
  });
}

export async function getWholeCharger(ctx: Context, id: string): Promise<WholeCharger> {
  const [whole] = await completeChargers(ctx, [await getCharger(ctx, id)]);
  if (!whole) throw notFound('Charger');
  return whole;
}

/** A charger as `GET /v1/chargers/{id}` answers it. Throws not_found. */
export async function getChargerView(ctx: Context, id: string): Promise<ChargerView> {
  return chargerView(ctx, await getWholeCharger(ctx, id));
}

export function chargerView(
  ctx: Pick<Context, 'livemode'>,
  { charger, connection, connectors }: WholeCharger,
): ChargerView {
  const stale = connection?.state !== 'online';
  return {
    id: charger.id,
    model: charger.model,
    status: chargerStatus(charger, connection, connectors),
    connectors: connectors.map((c) => connectorView(c, stale)),
    name: charger.name,
    site_id: charger.site_id,
    vendor_name: charger.vendor_name,
    serial_number: charger.serial_number,
    firmware_version: charger.firmware_version,
    ocpp_version: charger.ocpp_version,
    ocpp_identity: charger.ocpp_identity,
    security_profile: charger.security_profile,
    registration: charger.registration,
    connectivity: {
      state: connection?.state ?? 'pending',
      since: connection?.since ?? null,
      last_seen_at: lastSeen(connection, connectors),
    },
    capabilities: capabilitiesOf(charger),
    labels: charger.labels,
    external_ref: charger.external_ref,
    ocpp_log: charger.ocpp_log,
    metadata: charger.metadata,
    livemode: ctx.livemode,
    created_at: charger.created_at,
    updated_at: charger.updated_at,
    resource_version: wholeVersion({ charger, connection, connectors }),
  };
}

/** Rises with every change to the charger, its connection or a connector. */
export const wholeVersion = ({ charger, connection, connectors }: WholeCharger): number =>
  connectors.reduce((sum, c) => sum + c.version, charger.version + (connection?.version ?? 0));

export const connectorView = (c: Connector, stale: boolean): ChargerView['connectors'][number] => ({
  id: c.id,
  type: c.type,
  status: shownStatus(c),
  power_kw: c.power_kw,
  evse_id: c.evse_id,
  format: c.format,
  max_current_a: c.max_current_a,
  phases: c.phases,
  session_id: c.session_id,
  reservation_id: c.reservation_id,
  error_code: c.error_code,
  status_updated_at: c.status_updated_at,
  status_stale: stale,
});

/** The newest sign of life: heartbeats do not write, so a connector's news may be newer. */
function lastSeen(connection: Connection | undefined, connectors: readonly Connector[]) {
  if (!connection?.last_seen_at) return null;
  return connectors.reduce<string>(
    (newest, c) => (c.status_updated_at ? later(newest, c.status_updated_at) : newest),
    connection.last_seen_at,
  );
}
