import * as z from 'zod';
import type { PendingCall } from '#simulator/charger-state.ts';
import { rememberTag } from '#simulator/charging/authorization.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { endSession } from '#simulator/charging/session.ts';
import { UNKNOWN_TRANSACTION_201 } from '#simulator/misbehaviour.ts';
import { settingFlag } from '#simulator/settings.ts';
import type { Payload, ResultHandler, Turn } from '#simulator/turn.ts';
import { IdTokenInfo, verdictOf } from '#simulator/v201/authorize.ts';

const EventResult = z.object({ idTokenInfo: IdTokenInfo.optional() });

/** Stops again where the platform refuses the token that began the transaction [StopTxOnInvalidId]. */
export const eventResult: ResultHandler = (turn, call, settlement) => {
  if (call.role !== 'start' || settlement.outcome !== 'result') return;
  const info = EventResult.safeParse(settlement.payload).data?.idTokenInfo;
  const connector = findConnector(turn.state, call.connectorId);
  const { session } = connector ?? {};
  if (!info || !connector || session?.number !== call.transaction) return;
  const { accepted, group } = verdictOf(info);
  session.group = group ?? session.group;
  rememberTag(turn, session.tag, accepted);
  if (!accepted && settingFlag(turn, 'stopOnInvalidTag')) {
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
