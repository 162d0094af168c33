import * as z from 'zod';
import { startRemotely } from '#simulator/charging/authorization.ts';
import { freeConnector } from '#simulator/charging/connectors.ts';
import { endSession } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';

const RemoteStart = z.object({
  connectorId: z.int().positive().optional(),
  idTag: z.string().min(1).max(20),
});

/** Accepts where a transaction can begin; without a connector named, where a car waits, else anywhere free. */
export const remoteStartTransaction = answer(RemoteStart, (turn, { connectorId, idTag }) => {
  const { state } = turn;
  const connector = freeConnector(state, connectorId);
  const open = state.registration === 'accepted' && state.reboot === null;
  if (!connector || !open || state.misbehave.rejectStart) return { status: 'Rejected' };
  startRemotely(turn, connector, { id: idTag, kind: 'Central' }, null);
  return { status: 'Accepted' };
});

export const remoteStopTransaction = answer(
  z.object({ transactionId: z.int() }),
  (turn, { transactionId }) => {
    const { connectors, transactionIds } = turn.state;
    const connector = connectors.find(
      ({ session }) => session && transactionIds[session.number] === transactionId,
    );
    if (!connector) return { status: 'Rejected' };
    endSession(turn, connector, 'remote');
    return { status: 'Accepted' };
  },
);
