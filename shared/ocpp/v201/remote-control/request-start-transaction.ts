import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { idTokenOf } from '#shared/ocpp/v201/id-token-of.ts';

const Input = z.object({
  evse_id: z.int(),
  token_uid: z.string(),
  /** Of a token that the charger has seen before, as the holder's of a reservation; ours are Central. */
  token_type: z.string().default('app'),
  remote_start_id: z.int(),
});

/** Accepted means that the charger will try: the session charges when its TransactionEvent comes. */
export const requestStartTransaction = defineOutbound('ocpp2.0.1', 'RequestStartTransaction', {
  command: 'start_session',
  example: { evseId: 1, remoteStartId: 7, idToken: { idToken: '04A2B3C4D5', type: 'Central' } },
  toRequest(input) {
    const { evse_id, token_uid: uid, token_type: type, remote_start_id } = Input.parse(input);
    return {
      evseId: evse_id,
      remoteStartId: remote_start_id,
      idToken: idTokenOf({ uid, type }),
    };
  },
});
