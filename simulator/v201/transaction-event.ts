import * as z from 'zod';
import type {
  Connector,
  PendingCall,
  Reading,
  Session,
  StopCause,
} from '#simulator/charger-state.ts';
import { rememberTag } from '#simulator/charging/authorization.ts';
import { findConnector, isFlowing } from '#simulator/charging/connectors.ts';
import { endSession } from '#simulator/charging/session.ts';
import { UNKNOWN_TRANSACTION_201 } from '#simulator/misbehaviour.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { settingFlag, settingText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload, ResultHandler, Trigger, Turn } from '#simulator/turn.ts';
import { IdTokenInfo, idToken } from '#simulator/v201/authorize.ts';
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
  info?: Payload;
  rest?: Payload;
};

const ROLE = { Started: 'start', Updated: 'meter', Ended: 'end' } as const;

/** Sends one event of a transaction, numbered without gaps from 0 [2.0.1 E01]. */
function transactionEvent(turn: Turn, connector: Connector, session: Session, event: Event): void {
  const { state } = turn;
  const { eventType, triggerReason, reading, info, rest } = event;
  const measurands = settingText(turn, 'measurands');
  const payload = {
    eventType,
    timestamp: stamp(state, reading?.at ?? turn.now),
    triggerReason,
    seqNo: session.seqNo,
    ...(state.online ? {} : { offline: true }),
    transactionInfo: { transactionId: session.id, ...info },
    ...rest,
    ...(reading ? { meterValue: [meterValue(state, reading, measurands)] } : {}),
  };
  session.seqNo += 1;
  enqueue(turn, {
    action: 'TransactionEvent',
    payload,
    connectorId: connector.id,
    transaction: session.number,
    role: ROLE[eventType],
  });
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
    rest: { evse: { id: connector.id, connectorId: 1 }, idToken: idToken(session.tag) },
  });
}

const chargingState = (connector: Connector): string =>
  isFlowing(connector) ? 'Charging' : 'SuspendedEV';

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
}

const EventResult = z.object({ idTokenInfo: IdTokenInfo.optional() });

/** Stops again where the platform refuses the token that began the transaction [StopTxOnInvalidId]. */
export const eventResult: ResultHandler = (turn, call, settlement) => {
  if (call.role !== 'start' || settlement.outcome !== 'result') return;
  const status = EventResult.safeParse(settlement.payload).data?.idTokenInfo?.status;
  const connector = findConnector(turn.state, call.connectorId);
  const { session } = connector ?? {};
  if (!status || !connector || session?.number !== call.transaction) return;
  rememberTag(turn, session.tag, status === 'Accepted');
  if (status !== 'Accepted' && settingFlag(turn, 'stopOnInvalidTag')) {
    endSession(turn, connector, 'deauthorized');
  }
};

/** The transaction an event in the queue speaks of. */
export const transactionIdOf = ({ payload }: PendingCall): string | undefined =>
  z.object({ transactionInfo: z.object({ transactionId: z.string() }) }).safeParse(payload).data
    ?.transactionInfo.transactionId;

export function completed({ state }: Turn, call: PendingCall): Payload {
  if (call.role !== 'end' || !state.misbehave.unknownStop) return call.payload;
  return { ...call.payload, transactionInfo: { transactionId: UNKNOWN_TRANSACTION_201 } };
}
