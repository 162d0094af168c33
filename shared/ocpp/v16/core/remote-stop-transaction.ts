import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';

const Input = z.object({ transaction_id: z.coerce.number().int() });

/** Accepted means that the charger will try: the session ends when StopTransaction comes. */
export const remoteStopTransaction = defineOutbound('ocpp1.6', 'RemoteStopTransaction', {
  command: 'stop_session',
  example: { transactionId: 1 },
  toRequest: (input) => ({ transactionId: Input.parse(input).transaction_id }),
});
