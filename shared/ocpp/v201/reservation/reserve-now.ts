import { defineOutbound } from '#shared/ocpp/action.ts';
import { ReserveInput } from '#shared/ocpp/inputs/reservation-input.ts';
import { idTokenOf } from '#shared/ocpp/v201/id-token-of.ts';

/**
 * The charger keeps an EVSE by itself until the expiry (H01); other tokens of the group may use it too.
 * It compares the type of tokens as well: one that we do not know is taken for a card.
 */
export const reserveNow = defineOutbound('ocpp2.0.1', 'ReserveNow', {
  command: 'reserve',
  capability: 'reservation',
  example: {
    id: 7,
    expiryDateTime: '2026-11-22T10:30:00Z',
    idToken: { idToken: '04A2B3C4D5', type: 'ISO14443' },
    evseId: 1,
  },
  toRequest(input) {
    const { evse_id, number, expires_at, ...token } = ReserveInput.parse(input);
    const { token_uid, token_type, group_id } = token;
    return {
      id: number,
      expiryDateTime: expires_at,
      idToken: idTokenOf({ uid: token_uid, type: token_type ?? 'rfid' }),
      evseId: evse_id,
      ...(group_id === null ? {} : { groupIdToken: idTokenOf({ uid: group_id, type: 'group' }) }),
    };
  },
});
