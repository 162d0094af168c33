import * as z from 'zod';
import { startRemotely } from '#simulator/charging/authorization.ts';
import { freeConnector } from '#simulator/charging/connectors.ts';
import { endSession } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { transactionIdOf } from '#simulator/v201/transaction-event.ts';

const RequestStart = z.object({
  idToken: z.object({ idToken: z.string().max(36), type: z.string() }),
  remoteStartId: z.int(),
  evseId: z.int().positive().optional(),
});

/** Accepts where a transaction can begin; without an EVSE named, where a car waits, else anywhere free. */
export const requestStartTransaction = answer(RequestStart, (turn, request) => {
  const { state } = turn;
  const connector = freeConnector(state, request.evseId);
  const open = state.registration === 'accepted' && state.reboot === null;
  if (!connector || !open || state.misbehave.rejectStart) return { status: 'Rejected' };
  const tag = { id: request.idToken.idToken, kind: request.idToken.type };
  startRemotely(turn, connector, tag, request.remoteStartId);
  return { status: 'Accepted' };
});

const TransactionId = z.string().max(36);

export const requestStopTransaction = answer(
  z.object({ transactionId: TransactionId }),
  (turn, { transactionId }) => {
    const connector = turn.state.connectors.find(({ session }) => session?.id === transactionId);
    if (!connector) return { status: 'Rejected' };
    endSession(turn, connector, 'remote');
    return { status: 'Accepted' };
  },
);

/** Without an id the question is about the queue as a whole [2.0.1 E14]. */
export const getTransactionStatus = answer(
  z.object({ transactionId: TransactionId.optional() }),
  ({ state }, { transactionId }) => {
    const waiting = [...state.queue, ...(state.inFlight ? [state.inFlight] : [])]
      .filter((call) => call.transaction !== null)
      .map(transactionIdOf);
    if (transactionId === undefined) return { messagesInQueue: waiting.length > 0 };
    return {
      ongoingIndicator: state.connectors.some(({ session }) => session?.id === transactionId),
      messagesInQueue: waiting.includes(transactionId),
    };
  },
);
