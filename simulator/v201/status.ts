import type { Connector } from '#simulator/charger-state.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { ResultHandler, Turn } from '#simulator/turn.ts';
import { availabilityState } from '#simulator/v201/model/live-value.ts';

export const connectorStatus = (_turn: Turn, connector: Connector): string =>
  availabilityState(connector);

export function notifyStatus(
  turn: Turn,
  connector: Connector | null,
  status: string,
  early = false,
): void {
  if (!connector) return;
  const payload = {
    timestamp: stamp(turn.state, turn.now),
    connectorStatus: status,
    evseId: connector.id,
    connectorId: 1,
  };
  enqueue(turn, { action: 'StatusNotification', payload, connectorId: connector.id, early });
}

/** A status nobody heard counts as never reported, and so is reported again. */
export const statusResult: ResultHandler = ({ state }, call, { outcome }) => {
  const connector = findConnector(state, call.connectorId);
  if (connector && outcome === 'dropped') connector.reportedStatus = null;
};
