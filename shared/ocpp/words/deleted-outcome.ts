import type { Outcome } from '#shared/commands/settle-command.ts';
import { outcomeByStatus } from '#shared/ocpp/action.ts';

/** What a charger does not have need not be deleted, yet it was not (M04). */
export function deletedOutcome(response: { readonly status: string }): Outcome {
  const outcome = outcomeByStatus(response);
  return response.status === 'NotFound'
    ? { ...outcome, status: 'rejected', reason: 'The charger does not have it.' }
    : outcome;
}
