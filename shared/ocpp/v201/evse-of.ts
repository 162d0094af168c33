import type { EVSEType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';

interface Place {
  readonly evse_id?: number | undefined;
  readonly evse_connector_id?: number | undefined;
}

/** The `evse` of a request; without one it concerns the whole charging station. */
export function evseOf({ evse_id: id, evse_connector_id: connectorId }: Place): {
  evse?: EVSEType;
} {
  if (id === undefined) return {};
  return { evse: { id, ...(connectorId === undefined ? {} : { connectorId }) } };
}
