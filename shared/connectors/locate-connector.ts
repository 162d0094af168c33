import { Connector, isConnectorNumber } from '#shared/connectors/connector.ts';
import { connectorItem, ensureConnector } from '#shared/connectors/report-status.ts';
import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';

/**
 * The number we give a connector of a 2.0.1 EVSE: fixed at its first mention. Without a connector id
 * the EVSE's only connector is meant; it is never taken to be number 1 (chargers leave it out).
 */
export async function locateConnector(
  ctx: Context,
  chargerId: string,
  evseId: number,
  connectorId: number | undefined,
): Promise<Connector> {
  const evseConnectorId = isConnectorNumber(connectorId ?? 0) ? connectorId : undefined;
  return retrying(async () => {
    const { items } = await ctx.table.query(keys.connectorsOf(ctx.tenantId, chargerId));
    const all = items.map((item) => Connector.parse(item));
    const onEvse = all.filter((c) => c.evse_id === evseId);
    const known =
      evseConnectorId === undefined
        ? (busyOf(onEvse) ?? unnamedOf(onEvse) ?? onEvse[0])
        : onEvse.find((c) => c.evse_connector_id === evseConnectorId);
    if (known) return known;
    const place = { evse_id: evseId, evse_connector_id: evseConnectorId ?? null };
    const meant = unnamedOf(onEvse) ?? all.find((c) => c.id === evseId && c.evse_id === null);
    if (meant) return named(ctx, meant, place);
    const n = all.some((c) => c.id === evseId) ? Math.max(...all.map((c) => c.id)) + 1 : evseId;
    return ensureConnector(ctx, chargerId, n, place);
  });
}

/** Of several connectors of an EVSE only one charges at a time. */
const busyOf = (onEvse: readonly Connector[]) => onEvse.find((c) => c.session_id !== null);

const unnamedOf = (onEvse: readonly Connector[]) =>
  onEvse.find((c) => c.evse_connector_id === null);

/** A connector registered by its number, or by its EVSE alone, is told apart from now on. */
async function named(
  ctx: Context,
  before: Connector,
  place: Pick<Connector, 'evse_id' | 'evse_connector_id'>,
): Promise<Connector> {
  const connector = { ...before, ...place, version: before.version + 1 };
  await ctx.table.write([
    { op: 'put', item: connectorItem(ctx, connector), when: { version: before.version } },
  ]);
  return connector;
}
