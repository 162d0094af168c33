import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';

const Input = z.object({ connector: z.int(), token_uid: z.string() });

/** Accepted means that the charger will try: the session charges when StartTransaction comes. */
export const remoteStartTransaction = defineOutbound('ocpp1.6', 'RemoteStartTransaction', {
  command: 'start_session',
  example: { connectorId: 1, idTag: '04A2B3C4D5' },
  toRequest(input) {
    const { connector, token_uid } = Input.parse(input);
    return { connectorId: connector, idTag: token_uid };
  },
});
