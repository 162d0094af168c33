import type { Outcome } from '#shared/commands/settle-command.ts';

/** A charger that knows no profile that fits has none of them: what was asked for is so. */
export const clearedOutcome = (status: 'Accepted' | 'Unknown'): Outcome => ({
  status: 'completed',
  outcome: status === 'Accepted' ? 'cleared' : 'none_matched',
});
