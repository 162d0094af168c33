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
import { settingFlag, settingText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload, ResultHandler, Turn } from '#simulator/turn.ts';
import { IdTagInfo } from '#simulator/v16/authorize.ts';
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

export function startTransaction(turn: Turn, connector: Connector, session: Session): void {
  const payload = {
    connectorId: connector.id,
    idTag: session.tag.id,
    meterStart: session.meterStartWh,
    timestamp: stamp(turn.state, session.startedAt),
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
  const accepted = idTagInfo.status === 'Accepted';
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
): void {
  const value = meterValue(turn.state, reading, settingText(turn, 'measurands'));
  enqueue(turn, {
    action: 'MeterValues',
    payload: { connectorId: connector.id, meterValue: [value] },
    connectorId: connector.id,
    ...(session ? { transaction: session.number, role: 'meter' as const } : {}),
  });
}

export function stopTransaction(
  turn: Turn,
  connector: Connector,
  session: Session,
  cause: StopCause,
  end: Reading,
): void {
  const measurands = turn.state.variables['StopTxnSampledData'] ?? '';
  const data = [session.begin, end].map((one) => meterValue(turn.state, one, measurands));
  const payload = {
    ...(cause === 'local' ? { idTag: session.tag.id } : {}),
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
  const waits = state.queue.some((call) => call.transaction === transaction);
  if (!runs && !waits) delete state.transactionIds[transaction];
};

/** Puts in the transaction id; -1 stands for one that was never given [as chargers in the field do]. */
export function withTransactionId({ state }: Turn, call: PendingCall): Payload {
  if (call.transaction === null || call.role === 'start') return call.payload;
  const unknown = call.role === 'end' && state.misbehave.unknownStop;
  const given = state.transactionIds[call.transaction] ?? -1;
  return { ...call.payload, transactionId: unknown ? UNKNOWN_TRANSACTION_16 : given };
}
