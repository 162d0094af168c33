import type { Connector } from '#simulator/charger-state.ts';
import { findConnector, type Phase, phaseOf } from '#simulator/charging/connectors.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { ResultHandler, Turn } from '#simulator/turn.ts';

const STATUS_16: Record<Phase, string> = {
  available: 'Available',
  reserved: 'Reserved',
  preparing: 'Preparing',
  charging: 'Charging',
  suspended_ev: 'SuspendedEV',
  suspended_evse: 'SuspendedEVSE',
  finishing: 'Finishing',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
};

export const connectorStatus = (_turn: Turn, connector: Connector): string =>
  STATUS_16[phaseOf(connector)];

/** Connector 0 stands for the station, and knows only these two of us [1.6 section 4.9]. */
export const stationStatus = ({ state }: Turn): string =>
  state.connectors.some(({ operative }) => operative) ? 'Available' : 'Unavailable';

export function notifyStatus(
  turn: Turn,
  connector: Connector | null,
  status: string,
  early = false,
): void {
  const payload = {
    connectorId: connector?.id ?? 0,
    ...errorCode(turn, connector?.fault ?? 'NoError'),
    status,
    timestamp: stamp(turn.state, turn.now),
  };
  enqueue(turn, {
    action: 'StatusNotification',
    payload,
    connectorId: connector?.id ?? 0,
    early,
  });
}

const ERROR_CODES = [
  'ConnectorLockFailure',
  'EVCommunicationError',
  'GroundFailure',
  'HighTemperature',
  'InternalError',
  'NoError',
  'OverCurrentFailure',
  'OverVoltage',
  'PowerMeterFailure',
  'PowerSwitchFailure',
  'ReaderFailure',
  'UnderVoltage',
  'WeakSignal',
];

/** A fault 1.6 has no code for is told as the vendor's own. */
function errorCode(
  { state }: Turn,
  fault: string,
): { errorCode: string; vendorErrorCode?: string } {
  if (ERROR_CODES.includes(fault) || state.misbehave.oddErrorCodes) return { errorCode: fault };
  return { errorCode: 'OtherError', vendorErrorCode: fault.slice(0, 50) };
}

/** A status nobody heard counts as never reported, and so is reported again. */
export const statusResult: ResultHandler = ({ state }, call, { outcome }) => {
  if (outcome !== 'dropped') return;
  const connector = findConnector(state, call.connectorId);
  if (connector) connector.reportedStatus = null;
  else state.reportedStatus = null;
};
