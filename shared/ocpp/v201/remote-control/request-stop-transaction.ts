import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';

const Input = z.object({ transaction_id: z.string() });

/** Accepted means that the charger will try: the session ends when its TransactionEvent comes. */
export const requestStopTransaction = defineOutbound('ocpp2.0.1', 'RequestStopTransaction', {
  command: 'stop_session',
  example: { transactionId: 'AB1234' },
  toRequest: (input) => ({ transactionId: Input.parse(input).transaction_id }),
});
