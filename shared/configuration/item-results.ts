import * as z from 'zod';
import type { StoredCommand } from '#shared/commands/command.ts';
import type { Outcome } from '#shared/commands/settle-command.ts';

/** What became of one item of several. */
export const ItemOutcome = z.enum([
  'accepted',
  'reboot_required',
  'rejected',
  'not_supported',
  'unknown',
  'duplicate',
  'unchanged',
  'no_answer',
  'not_sent',
]);
export type ItemOutcome = z.infer<typeof ItemOutcome>;

const GOOD: readonly ItemOutcome[] = ['accepted', 'reboot_required', 'unchanged'];

/** A step after which asking the charger for more is in vain; an error of one call is not. */
export const isLastStep = ({ status, result }: StoredCommand): boolean =>
  ['timed_out', 'expired', 'canceled'].includes(status) ||
  (status === 'rejected' && NOT_SAID.includes(result?.outcome ?? ''));

/** Our own words for a call that never went out. */
const NOT_SAID = ['capability_not_supported', 'not_accepted'];

const UNSUPPORTED = ['capability_not_supported', 'not_supported', 'not_implemented'];

/** What an item of a step comes to that has no result of its own. */
export function outcomeWithoutResult({ status, result }: StoredCommand): ItemOutcome {
  if (status === 'expired' || status === 'canceled') return 'not_sent';
  if (status === 'rejected')
    return UNSUPPORTED.includes(result?.outcome ?? '') ? 'not_supported' : 'rejected';
  // Lost with its socket, or unreadable: nobody knows what the charger did.
  return status === 'failed' && result?.outcome === 'error' ? 'rejected' : 'no_answer';
}

/** What the whole comes to: done where anything was, else as the last step ended. */
export function summed(
  outcomes: readonly ItemOutcome[],
  last: StoredCommand,
  data: unknown,
): Outcome {
  const good = outcomes.filter((one) => GOOD.includes(one)).length;
  const bad = outcomes.length - good;
  if (bad === 0) {
    const reboot = outcomes.includes('reboot_required');
    return { status: 'completed', outcome: reboot ? 'reboot_required' : 'accepted', data };
  }
  const reason = `${bad} of ${outcomes.length} were not accepted.`;
  const ended = isLastStep(last) || last.status === 'failed' ? endOf(last) : undefined;
  if (good > 0) return { status: ended ?? 'completed', outcome: 'partly_accepted', reason, data };
  return {
    status: ended ?? 'rejected',
    outcome: ended ? (last.result?.outcome ?? ended) : 'rejected',
    reason: ended ? (last.result?.reason ?? reason) : reason,
    data,
  };
}

function endOf({ status }: StoredCommand): Outcome['status'] {
  return status === 'queued' || status === 'sent' ? 'failed' : status;
}
