import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { type Flowing, standing, withFlowing } from '#shared/sessions/flow-record.ts';
import { cleared, flagged } from '#shared/sessions/read-meter.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import { RepairGaps } from '#shared/sessions/tasks.ts';

/** On a session that has ended, whose CDR waits for reports that are missing. */
const AWAITING = 'awaiting_reports';
const INCOMPLETE = 'incomplete_data';

/** Reports overtake each other: a missing one is asked for when it has not come within this. */
const PATIENCE_S = 30;

export const isAwaitingReports = ({ flags }: Pick<LiveSession, 'flags'>): boolean =>
  flags.includes(AWAITING);

interface Watched {
  readonly live: LiveSession;
  readonly tasks: readonly DueTask[];
}

/**
 * The session after a report: holes that are new in its sequence will be asked for, holes that are
 * filled need nothing more. One that has ended with holes waits for them before it is billed.
 */
export function watchGaps(
  ctx: Context,
  live: LiveSession,
  flows: readonly Flowing[] | undefined,
): Watched {
  if (live.missing_seq.length === 0) return { live: whole(live), tasks: [] };
  const waiting = live.status === 'ended' && !live.flags.includes(INCOMPLETE);
  const flags = waiting ? flagged(live, AWAITING) : live.flags;
  if (live.flags.includes(INCOMPLETE)) return { live, tasks: [] };
  const known = flows ? [...flows] : [];
  if (live.gap) return { live: { ...live, flags, gap: { ...live.gap, flows: known } }, tasks: [] };
  const due = plusSeconds(isoNow(ctx), PATIENCE_S);
  return {
    live: { ...live, flags, gap: { round: 1, command_id: null, flows: known } },
    tasks: [dueTask(ctx, RepairGaps, { session_id: live.session_id, round: 1 }, due)],
  };
}

const whole = (live: LiveSession): LiveSession =>
  live.gap || live.flags.includes(INCOMPLETE)
    ? { ...live, gap: null, flags: cleared(live, AWAITING, INCOMPLETE) }
    : live;

/**
 * What is known of the flow of energy while reports are missing; undefined while none is. `before` is
 * the session before this report, and `missing` what is missing after it.
 */
export function flowsKnown(
  before: LiveSession,
  missing: readonly number[],
  flowing: Flowing | undefined,
): readonly Flowing[] | undefined {
  if (missing.length === 0 && !before.gap) return undefined;
  const record = before.gap?.flows.length ? before.gap.flows : [standing(before)];
  return flowing ? withFlowing(record, flowing) : record;
}

/** The session once its missing reports are given up: what is billed says so. */
export const withoutHope = (live: LiveSession): LiveSession => ({
  ...live,
  gap: null,
  flags: flagged({ flags: cleared(live, AWAITING) }, INCOMPLETE),
});
