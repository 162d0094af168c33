import type { ChargerState } from '#simulator/charger-state.ts';
import { phaseOf } from '#simulator/charging/connectors.ts';
import { isHeard } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';

/**
 * Statuses are not sent where they change but found out here, at the end of every step, by
 * comparing what is with what was last reported: none is forgotten, none is sent twice.
 */
export function reportStatuses(turn: Turn): void {
  const { state, dialect } = turn;
  if (!state.online || !isHeard(state)) return;
  if (state.isReconnected && state.misbehave.noStatusAfterReconnect) return;
  const station = dialect.stationStatus(turn);
  if (station !== null && station !== state.reportedStatus) {
    state.reportedStatus = station;
    dialect.notifyStatus(turn, null, station);
  }
  for (const connector of state.connectors) {
    const status = dialect.connectorStatus(turn, connector);
    if (status === connector.reportedStatus) continue;
    connector.reportedStatus = status;
    dialect.notifyStatus(turn, connector, status);
  }
}

/** The same for the flow of energy within a transaction, which 2.0.1 wants to hear of. */
export function reportFlow(turn: Turn): void {
  for (const connector of turn.state.connectors) {
    const { session, limitW } = connector;
    if (!session) continue;
    const flow = phaseOf(connector);
    const hasOtherLimit = session.reportedLimitW !== limitW;
    session.reportedLimitW = limitW;
    if (session.reportedFlow !== flow) {
      session.reportedFlow = flow;
      turn.dialect.flowChanged(turn, connector, session);
    } else if (hasOtherLimit) turn.dialect.rateChanged(turn, connector, session);
  }
}

export function forgetReports(state: ChargerState): void {
  state.reportedStatus = null;
  for (const connector of state.connectors) connector.reportedStatus = null;
}
