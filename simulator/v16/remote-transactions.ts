import * as z from 'zod';
import { connectorFor, startRemotely } from '#simulator/charging/authorization.ts';
import { endSession } from '#simulator/charging/session.ts';
import { refusalOf } from '#simulator/profiles/profile-store.ts';
import { answer } from '#simulator/rpc/answer.ts';
import type { Turn } from '#simulator/turn.ts';
import { Profile16, profileOf16 } from '#simulator/v16/charging-profiles.ts';

const RemoteStart = z.object({
  connectorId: z.int().positive().optional(),
  idTag: z.string().min(1).max(20),
  chargingProfile: Profile16.optional(),
});

/** Accepts where a transaction can begin; without a connector named, where a car waits, else anywhere free. */
export const remoteStartTransaction = answer(RemoteStart, (turn, request) => {
  const { state } = turn;
  const tag = { id: request.idTag, kind: 'Central' };
  const connector = connectorFor(turn, tag, null, request.connectorId);
  const open = state.registration === 'accepted' && state.reboot === null;
  if (!connector || !open || state.misbehave.rejectStart) return { status: 'Rejected' };
  const profile = request.chargingProfile
    ? profileOf16(state, connector.id, request.chargingProfile)
    : null;
  if (profile && !isForTheTransaction(turn, profile)) return { status: 'Rejected' };
  startRemotely(turn, connector, tag, { profile });
  return { status: 'Accepted' };
});

/** The transaction is still to come, and so the profile cannot name it [1.6 section 5.11]. */
const isForTheTransaction = (turn: Turn, profile: ReturnType<typeof profileOf16>): boolean =>
  profile.purpose === 'tx' && refusalOf(turn, { ...profile, purpose: 'tx_default' }) === null;

export const remoteStopTransaction = answer(
  z.object({ transactionId: z.int() }),
  (turn, { transactionId }) => {
    const { connectors, transactionIds, misbehave } = turn.state;
    const connector = connectors.find(
      ({ session }) => session && transactionIds[session.number] === transactionId,
    );
    if (!connector) return { status: 'Rejected' };
    if (!misbehave.ignoreStop) endSession(turn, connector, 'remote');
    return { status: 'Accepted' };
  },
);
