import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';

const TransactionInput = z.object({ transaction_id: z.string() });

/**
 * What the charger still has to say of a transaction. Not ongoing is not finished: while messages are
 * queued, its end, and money with it, is on the way. The session waits for the events themselves.
 */
export const getTransactionStatus = defineOutbound('ocpp2.0.1', 'GetTransactionStatus', {
  command: 'check_transaction',
  capability: 'transaction_status',
  example: { transactionId: 'AB1234' },
  toRequest: (input) => ({ transactionId: TransactionInput.parse(input).transaction_id }),
  outcomeOf({ ongoingIndicator: ongoing, messagesInQueue }) {
    const told = messagesInQueue ? 'messages_queued' : ongoing === false ? 'finished' : 'ongoing';
    const outcome = ongoing === undefined && !messagesInQueue ? 'nothing_queued' : told;
    const data = { ongoing: ongoing ?? null, messages_in_queue: messagesInQueue };
    return { status: 'completed', outcome, reason: null, data };
  },
});
