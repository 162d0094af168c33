import type { Connector } from '#shared/connectors/connector.ts';
import { AppError } from '#shared/core/errors.ts';

/** Where a command applies: the connector's number, and its place in OCPP 2.0.1. */
export interface ConnectorPlace {
  readonly connector: number;
  readonly evse_id: number;
  readonly evse_connector_id: number;
}

/** The place of connector `wanted` of a charger. Throws validation_failed (connector) where there is none. */
export function connectorPlace(connectors: readonly Connector[], wanted: number): ConnectorPlace {
  const connector = connectors.find((c) => c.id === wanted);
  if (!connector) throw noSuch(connectors);
  return {
    connector: connector.id,
    evse_id: connector.evse_id ?? connector.id,
    evse_connector_id: connector.evse_connector_id ?? 1,
  };
}

function noSuch(connectors: readonly Connector[]) {
  const numbers = connectors.map((c) => c.id).join(', ') || 'none yet';
  return new AppError('validation_failed', `The charger has no such connector: ${numbers}.`, {
    errors: [{ field: 'connector', code: 'not_found', message: `Connectors: ${numbers}.` }],
  });
}
