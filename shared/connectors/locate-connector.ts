import { Connector } from '#shared/connectors/connector.ts';
import { ensureConnector } from '#shared/connectors/report-status.ts';
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
  evseConnectorId: number | undefined,
): Promise<Connector> {
  return retrying(async () => {
    const { items } = await ctx.table.query(keys.connectorsOf(ctx.tenantId, chargerId));
    const all = items.map((item) => Connector.parse(item));
    const onEvse = all.filter((c) => c.evse_id === evseId);
    const exact = onEvse.find((c) => c.evse_connector_id === evseConnectorId);
    const loose = onEvse.find((c) => c.evse_connector_id === null) ?? onEvse[0];
    const found =
      exact ?? (evseConnectorId === undefined ? (busyOf(onEvse) ?? loose) : unnamedOf(onEvse));
    if (found) return found;
    const n = all.some((c) => c.id === evseId) ? Math.max(...all.map((c) => c.id)) + 1 : evseId;
    return ensureConnector(ctx, chargerId, n, {
      evse_id: evseId,
      evse_connector_id: evseConnectorId ?? null,
    });
  });
}

/** Of several connectors of an EVSE only one charges at a time. */
const busyOf = (onEvse: readonly Connector[]) => onEvse.find((c) => c.session_id !== null);

/** A connector registered with its EVSE alone is the one that is now named. */
const unnamedOf = (onEvse: readonly Connector[]) =>
  onEvse.find((c) => c.evse_connector_id === null);
