import { defineOutbound } from '#shared/ocpp/action.ts';
import { ReserveInput } from '#shared/ocpp/inputs/reservation-input.ts';

/** The charger keeps a connector by itself until the expiry; other tags of the group may use it too. */
export const reserveNow = defineOutbound('ocpp1.6', 'ReserveNow', {
  command: 'reserve',
  capability: 'reservation',
  example: {
    connectorId: 1,
    expiryDate: '2026-11-22T10:30:00Z',
    idTag: '04A2B3C4D5',
    reservationId: 7,
  },
  toRequest(input) {
    const { connector, number, expires_at, token_uid, group_id } = ReserveInput.parse(input);
    return {
      connectorId: connector,
      expiryDate: expires_at,
      idTag: token_uid,
      ...(group_id === null ? {} : { parentIdTag: group_id }),
      reservationId: number,
    };
  },
});
