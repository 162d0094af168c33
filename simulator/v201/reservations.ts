import * as z from 'zod';
import { cancelReservation, reserve } from '#simulator/reservations/reserve.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { variableText } from '#simulator/settings.ts';
import { PLUGS } from '#simulator/v201/model/device-model.ts';

const IdToken = z.object({ idToken: z.string().max(36), type: z.string() });

const ReserveNow = z.object({
  id: z.int(),
  expiryDateTime: z.iso.datetime({ offset: true }),
  connectorType: z.string().optional(),
  idToken: IdToken,
  evseId: z.int().positive().optional(),
  groupIdToken: IdToken.optional(),
});

/** Without an EVSE it is any one, of a plug where one is named [2.0.1 H01]. */
export const reserveNow = answer(ReserveNow, (turn, request) => {
  if (variableText(turn, 'ReservationCtrlr.Enabled') !== 'true') return { status: 'Rejected' };
  const { id, evseId, connectorType, idToken, groupIdToken, expiryDateTime } = request;
  const plug = Object.entries(PLUGS).find(([, type]) => type === connectorType)?.[0];
  return {
    status: reserve(turn, {
      id,
      connectorId: evseId ?? null,
      plug: connectorType === undefined ? null : (plug ?? connectorType),
      tag: { id: idToken.idToken, kind: idToken.type },
      group: groupIdToken?.idToken ?? null,
      expiresAt: Date.parse(expiryDateTime),
    }),
  };
});

export const cancelReservation201 = answer(
  z.object({ reservationId: z.int() }),
  (turn, { reservationId }) => ({
    status: cancelReservation(turn, reservationId) ? 'Accepted' : 'Rejected',
  }),
);
