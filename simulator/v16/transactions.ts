import * as z from 'zod';
import type {
  Connector,
  PendingCall,
  Reading,
  Session,
  StopCause,
} from '#simulator/charger-state.ts';
import { rememberTag } from '#simulator/charging/authorization.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { endSession } from '#simulator/charging/session.ts';
import { UNKNOWN_TRANSACTION_16 } from '#simulator/misbehaviour.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { settingFlag, settingText, variableText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload, ResultHandler, Turn } from '#simulator/turn.ts';
import { IdTagInfo, verdictOf } from '#simulator/v16/authorize.ts';
import { meterValue } from '#simulator/v16/meter-value.ts';

const REASON_16: Record<StopCause, string> = {
  local: 'Local',
  remote: 'Remote',
  unplugged: 'EVDisconnected',
  unlock: 'UnlockCommand',
  soft_reset: 'SoftReset',
  hard_reset: 'HardReset',
  power_loss: 'PowerLoss',
  fault: 'Other',
  deauthorized: 'DeAuthorized',
};

/** What chargers in the field say for an id they were never given. */
const NEVER_GIVEN = -1;

export function startTransaction(turn: Turn, connector: Connector, session: Session): void {
  const payload = {
    connectorId: connector.id,
    idTag: session.tag.id.slice(0, 20),
    meterStart: session.meterStartWh,
    timestamp: stamp(turn.state, session.startedAt),
    ...(session.reservationId === null ? {} : { reservationId: session.reservationId }),
  };
  enqueue(turn, {
    action: 'StartTransaction',
    payload,
    connectorId: connector.id,
    transaction: session.number,
    role: 'start',
  });
}

const StartResult = z.object({ transactionId: z.int(), idTagInfo: IdTagInfo });

/** Takes the id given, and stops again where the tag was refused [StopTransactionOnInvalidId]. */
export const startResult: ResultHandler = (turn, call, settlement) => {
  const read = StartResult.safeParse(
    settlement.outcome === 'result' ? settlement.payload : undefined,
  );
  if (!read.success || call.transaction === null) return;
  const { transactionId, idTagInfo } = read.data;
  turn.state.transactionIds[call.transaction] = transactionId;
  const connector = findConnector(turn.state, call.connectorId);
  const { session } = connector ?? {};
  if (!connector || session?.number !== call.transaction) return;
  const { accepted, group } = verdictOf(idTagInfo);
  session.group = group ?? session.group;
  rememberTag(turn, session.tag, accepted);
  if (!accepted && settingFlag(turn, 'stopOnInvalidTag')) {
    endSession(turn, connector, 'deauthorized');
  }
};

export function meterValues(
  turn: Turn,
  connector: Connector,
  session: Session | null,
  reading: Reading,
  measurands = settingText(turn, 'measurands'),
): void {
  const value = meterValue(turn.state, reading, measurands);
  enqueue(turn, {
    action: 'MeterValues',
    payload: { connectorId: connector.id, meterValue: [value] },
    connectorId: connector.id,
    ...(session ? { transaction: session.number, role: 'meter' as const } : {}),
  });
}

export function alignedMeter(turn: Turn, connector: Connector, reading: Reading): void {
  const measurands = settingText(turn, 'alignedMeasurands');
  if (measurands) meterValues(turn, connector, connector.session, reading, measurands);
}

export function stopTransaction(
  turn: Turn,
  connector: Connector,
  session: Session,
  cause: StopCause,
  end: Reading,
): void {
  const measurands = variableText(turn, 'StopTxnSampledData');
  const data = [session.begin, end].map((one) => meterValue(turn.state, one, measurands));
  const payload = {
    ...(cause === 'local' ? { idTag: session.tag.id.slice(0, 20) } : {}),
    meterStop: end.energyWh,
    timestamp: stamp(turn.state, end.at),
    reason: REASON_16[cause],
    ...(measurands ? { transactionData: data } : {}),
  };
  enqueue(turn, {
    action: 'StopTransaction',
    payload,
    connectorId: connector.id,
    transaction: session.number,
    role: 'end',
  });
}

/** Forgets the id of a transaction once nothing more is to be said about it. */
export const forgetId: ResultHandler = ({ state }, { transaction }) => {
  if (transaction === null) return;
  const runs = state.connectors.some(({ session }) => session?.number === transaction);
  const later = [...state.queue, ...state.postponed.map(({ call }) => call)];
  const waits = later.some((call) => call.transaction === transaction);
  if (!runs && !waits) delete state.transactionIds[transaction];
};

/** Puts in the transaction id. */
export function withTransactionId({ state }: Turn, call: PendingCall): Payload {
  if (call.transaction === null || call.role === 'start') return call.payload;
  const { unknownStop, stopWithMinusOne, metersWithoutTransaction } = state.misbehave;
  if (call.role === 'meter' && metersWithoutTransaction) return call.payload;
  const given = state.transactionIds[call.transaction] ?? NEVER_GIVEN;
  const isEnd = call.role === 'end';
  const wrong = stopWithMinusOne ? NEVER_GIVEN : unknownStop ? UNKNOWN_TRANSACTION_16 : given;
  return { ...call.payload, transactionId: isEnd ? wrong : given };
}
