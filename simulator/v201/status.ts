import type { Connector } from '#simulator/charger-state.ts';
import { findConnector, type Phase, phaseOf } from '#simulator/charging/connectors.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { ResultHandler, Turn } from '#simulator/turn.ts';

/** A permission alone does not occupy a connector: only a cable does. */
const STATUS_201: Record<Exclude<Phase, 'preparing'>, string> = {
  available: 'Available',
  charging: 'Occupied',
  suspended_ev: 'Occupied',
  finishing: 'Occupied',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
};

export function connectorStatus(_turn: Turn, connector: Connector): string {
  const phase = phaseOf(connector);
  if (phase === 'preparing') return connector.car ? 'Occupied' : 'Available';
  return STATUS_201[phase];
}

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
