import * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';

const Cost = z.object({ transaction_id: z.string(), total_cost: z.number() });

/** What the session costs so far, taxes included, for the charger to show (2.0.1 I02). */
export const costUpdated = defineOutbound('ocpp2.0.1', 'CostUpdated', {
  command: 'update_cost',
  capability: 'cost_updates',
  example: { totalCost: 151.04, transactionId: 'AB1234' },
  toRequest(input) {
    const { transaction_id: transactionId, total_cost: totalCost } = Cost.parse(input);
    return { transactionId, totalCost };
  },
});
