import type { Salvaged } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';

/** Whether an event tells what may lead to a reservation: its number, a token, or a connector at last. */
export const isNewsOf = (
  { reservationId, idToken, evse }: Salvaged<Payload<'ocpp2.0.1', 'TransactionEvent', 'request'>>,
  { session }: WholeSession,
): boolean =>
  session.reservation_id === null &&
  (reservationId !== undefined ||
    (idToken !== undefined && session.token_uid === null) ||
    (evse !== undefined && session.connector === 0));
