import * as z from 'zod';
import { connectorFor, startRemotely } from '#simulator/charging/authorization.ts';
import { endSession } from '#simulator/charging/session.ts';
import { refusalOf } from '#simulator/profiles/profile-store.ts';
import { answer } from '#simulator/rpc/answer.ts';
import type { Turn } from '#simulator/turn.ts';
import { transactionIdOf } from '#simulator/v201/event-result.ts';
import { Profile201, profileOf201 } from '#simulator/v201/profile.ts';

const IdToken = z.object({ idToken: z.string().max(36), type: z.string() });

const RequestStart = z.object({
  idToken: IdToken,
  groupIdToken: IdToken.optional(),
  remoteStartId: z.int(),
  evseId: z.int().positive().optional(),
  chargingProfile: Profile201.optional(),
});

/** Accepts where a transaction can begin; without an EVSE named, where a car waits, else anywhere free. */
export const requestStartTransaction = answer(RequestStart, (turn, request) => {
  const { state } = turn;
  const tag = { id: request.idToken.idToken, kind: request.idToken.type };
  const group = request.groupIdToken?.idToken ?? null;
  const connector = connectorFor(turn, tag, group, request.evseId);
  const open = state.registration === 'accepted' && state.reboot === null;
  if (!connector || !open || state.misbehave.rejectStart) return { status: 'Rejected' };
  const profile = request.chargingProfile
    ? profileOf201(state, connector.id, request.chargingProfile)
    : null;
  if (profile && !isForTheTransaction(turn, profile)) return { status: 'Rejected' };
  startRemotely(turn, connector, tag, { remoteStartId: request.remoteStartId, group, profile });
  const transactionId = connector.session?.id;
  return { status: 'Accepted', ...(transactionId ? { transactionId } : {}) };
});

/** The transaction is still to come, and so the profile cannot name it [2.0.1 F01.FR.08 to 11]. */
const isForTheTransaction = (turn: Turn, profile: ReturnType<typeof profileOf201>): boolean =>
  profile.purpose === 'tx' && refusalOf(turn, { ...profile, purpose: 'tx_default' }) === null;

const TransactionId = z.string().max(36);

export const requestStopTransaction = answer(
  z.object({ transactionId: TransactionId }),
  (turn, { transactionId }) => {
    const connector = turn.state.connectors.find(({ session }) => session?.id === transactionId);
    if (!connector) return { status: 'Rejected' };
    if (!turn.state.misbehave.ignoreStop) endSession(turn, connector, 'remote');
    return { status: 'Accepted' };
  },
);

/**
 * Without an id the question is about the queue as a whole [2.0.1 E14]. What was kept back counts as
 * waiting, and follows now that it was asked for.
 */
export const getTransactionStatus = answer(
  z.object({ transactionId: TransactionId.optional() }),
  ({ state }, { transactionId }) => {
    const calls = [...state.queue, ...(state.inFlight ? [state.inFlight] : []), ...state.keptBack];
    const waiting = calls.filter((call) => call.transaction !== null).map(transactionIdOf);
    state.queue.push(...state.keptBack);
    state.keptBack = [];
    if (transactionId === undefined) return { messagesInQueue: waiting.length > 0 };
    return {
      ongoingIndicator: state.connectors.some(({ session }) => session?.id === transactionId),
      messagesInQueue: waiting.includes(transactionId),
    };
  },
);
