import * as z from 'zod';
import { answer } from '#simulator/rpc/answer.ts';

/** The driver is shown what his charge has cost so far [2.0.1 I02]. */
export const costUpdated = answer(
  z.object({ totalCost: z.number(), transactionId: z.string().max(36) }),
  ({ state }, { totalCost, transactionId }) => {
    const runs = state.connectors.find(({ session }) => session?.id === transactionId);
    if (runs?.session) runs.session.cost = totalCost;
    return {};
  },
);
