import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';

const Input = z.object({ evse_id: z.int(), token_uid: z.string(), remote_start_id: z.int() });

/** Accepted means that the charger will try: the session charges when its TransactionEvent comes. */
export const requestStartTransaction = defineOutbound('ocpp2.0.1', 'RequestStartTransaction', {
  command: 'start_session',
  example: { evseId: 1, remoteStartId: 7, idToken: { idToken: '04A2B3C4D5', type: 'Central' } },
  toRequest(input) {
    const { evse_id, token_uid, remote_start_id } = Input.parse(input);
    return {
      evseId: evse_id,
      remoteStartId: remote_start_id,
      idToken: { idToken: token_uid, type: 'Central' as const },
    };
  },
});
