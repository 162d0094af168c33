import type { Connector, Reading, Session, StopCause } from '#simulator/charger-state.ts';
import { isFlowing } from '#simulator/charging/connectors.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { settingText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload, Trigger, Turn } from '#simulator/turn.ts';
import { idToken } from '#simulator/v201/authorize.ts';
import { notifyNeeds } from '#simulator/v201/charging-needs.ts';
import { meterValue } from '#simulator/v201/meter-value.ts';

const START_REASON: Record<Trigger, string> = {
  tap: 'Authorized',
  remote: 'RemoteStart',
  cable: 'CablePluggedIn',
};

/** What made us send the last event, and why the transaction stopped. */
const STOP_REASONS: Record<StopCause, readonly [triggerReason: string, stoppedReason: string]> = {
  local: ['StopAuthorized', 'Local'],
  remote: ['RemoteStop', 'Remote'],
  unplugged: ['EVCommunicationLost', 'EVDisconnected'],
  unlock: ['UnlockCommand', 'Other'],
  soft_reset: ['ResetCommand', 'Reboot'],
  hard_reset: ['ResetCommand', 'ImmediateReset'],
  power_loss: ['AbnormalCondition', 'PowerLoss'],
  fault: ['AbnormalCondition', 'Other'],
  deauthorized: ['Deauthorized', 'DeAuthorized'],
};

type Event = {
  eventType: 'Started' | 'Updated' | 'Ended';
  triggerReason: string;
  reading?: Reading;
  measurands?: string;
  info?: Payload;
  rest?: Payload;
};

const ROLE = { Started: 'start', Updated: 'meter', Ended: 'end' } as const;

/** Sends one event of a transaction, numbered without gaps from 0 [2.0.1 E01]. */
function transactionEvent(turn: Turn, connector: Connector, session: Session, event: Event): void {
  const { state } = turn;
  const { eventType, triggerReason, reading, info, rest } = event;
  const measurands = event.measurands ?? settingText(turn, 'measurands');
  const payload = {
    eventType,
    timestamp: stamp(state, reading?.at ?? turn.now),
    triggerReason,
    seqNo: session.seqNo,
    ...(state.online ? {} : { offline: true }),
    transactionInfo: { transactionId: session.id, ...info },
    ...rest,
    ...placeOf(turn, connector, session),
    ...(reading ? { meterValue: [meterValue(state, reading, measurands)] } : {}),
  };
  session.seqNo += 1;
  const { noStarted, keepBackEvents } = state.misbehave;
  if (noStarted && eventType === 'Started') return;
  enqueue(turn, {
    action: 'TransactionEvent',
    payload,
    connectorId: connector.id,
    transaction: session.number,
    role: ROLE[eventType],
  });
  if (!keepBackEvents?.includes(payload.seqNo)) return;
  const kept = state.queue.pop();
  if (kept) state.keptBack.push(kept);
}

/** The EVSE is named once, in the first event [2.0.1 E02.FR.01], or by some in the second. */
function placeOf({ state }: Turn, { id }: Connector, { seqNo }: Session): Payload {
  const { lateEvse, noConnectorId } = state.misbehave;
  if (seqNo !== (lateEvse ? 1 : 0)) return {};
  return { evse: noConnectorId ? { id } : { id, connectorId: 1 } };
}

export function started(
  turn: Turn,
  connector: Connector,
  session: Session,
  trigger: Trigger,
): void {
  const { remoteStartId } = session;
  transactionEvent(turn, connector, session, {
    eventType: 'Started',
    triggerReason: START_REASON[trigger],
    reading: session.begin,
    info: {
      chargingState: 'EVConnected',
      ...(remoteStartId === null ? {} : { remoteStartId }),
    },
    rest: {
      idToken: idToken(session.tag),
      ...(session.reservationId === null ? {} : { reservationId: session.reservationId }),
    },
  });
  notifyNeeds(turn, connector);
}

function chargingState(connector: Connector): string {
  if (isFlowing(connector)) return 'Charging';
  return connector.limitW === 0 ? 'SuspendedEVSE' : 'SuspendedEV';
}

export function rateChanged(turn: Turn, connector: Connector, session: Session): void {
  transactionEvent(turn, connector, session, {
    eventType: 'Updated',
    triggerReason: 'ChargingRateChanged',
    info: { chargingState: chargingState(connector) },
  });
}

/** Readings on the clock belong to the transaction where one runs [2.0.1 J01, J02]. */
export function alignedMeter(turn: Turn, connector: Connector, reading: Reading): void {
  const measurands = settingText(turn, 'alignedMeasurands');
  if (!measurands) return;
  if (connector.session) {
    transactionEvent(turn, connector, connector.session, {
      eventType: 'Updated',
      triggerReason: 'MeterValueClock',
      reading,
      measurands,
      info: { chargingState: chargingState(connector) },
    });
    return;
  }
  const value = meterValue(turn.state, reading, measurands);
  const payload = { evseId: connector.id, meterValue: [value] };
  enqueue(turn, { action: 'MeterValues', payload });
}

export function flowChanged(turn: Turn, connector: Connector, session: Session): void {
  transactionEvent(turn, connector, session, {
    eventType: 'Updated',
    triggerReason: 'ChargingStateChanged',
    info: { chargingState: chargingState(connector) },
  });
}

export function metered(
  turn: Turn,
  connector: Connector,
  session: Session,
  reading: Reading,
): void {
  transactionEvent(turn, connector, session, {
    eventType: 'Updated',
    triggerReason: reading.context === 'Trigger' ? 'Trigger' : 'MeterValuePeriodic',
    reading,
    info: { chargingState: chargingState(connector) },
  });
}

export function ended(
  turn: Turn,
  connector: Connector,
  session: Session,
  cause: StopCause,
  end: Reading,
): void {
  const [triggerReason, stoppedReason] = STOP_REASONS[cause];
  transactionEvent(turn, connector, session, {
    eventType: 'Ended',
    triggerReason,
    reading: end,
    info: { stoppedReason, chargingState: cause === 'unplugged' ? 'Idle' : 'EVConnected' },
    ...(cause === 'local' ? { rest: { idToken: idToken(session.tag) } } : {}),
  });
  if (turn.state.misbehave.updatedAfterEnded) flowChanged(turn, connector, session);
}
