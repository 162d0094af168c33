import type { Context } from '#shared/core/context.ts';
import type { EventType } from '#shared/events/event.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { resumed, suspended, takeSamples } from '#shared/sessions/advance.ts';
import { laterInstant, ourInstant } from '#shared/sessions/charger-clock.ts';
import { withEarlierStart } from '#shared/sessions/earlier-start.ts';
import { SessionResumed, SessionSuspended, SessionUpdated } from '#shared/sessions/events.ts';
import { type Flow, recounted } from '#shared/sessions/flow-record.ts';
import { flowsKnown, watchGaps } from '#shared/sessions/gaps.ts';
import type { PackedSample, Sample } from '#shared/sessions/sample.ts';
import { isLate, withSequence } from '#shared/sessions/sequence.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';

/** What a charger tells of a running session in one message. */
export interface Progress {
  readonly samples?: readonly Sample[];
  /** Since `at`, by the charger's clock. */
  readonly flow?: { readonly state: Flow; readonly at: string } | undefined;
  /** The message's number within the transaction (2.0.1). */
  readonly seq?: number | undefined;
  readonly offline?: boolean;
  /** When and at which register it began, told after later reports (2.0.1). */
  readonly started?: { readonly at: string; readonly registerWh: number | null } | undefined;
  readonly flags?: readonly string[];
}

interface Flowed {
  readonly live: LiveSession;
  /** What the flow of energy did. */
  readonly type?: EventType;
  readonly because?: string;
}

export interface Taken extends Flowed {
  readonly packed: PackedSample[];
  readonly tasks: readonly DueTask[];
}

/** The session after one report: its start, samples, flow of energy and number. Not yet priced. */
export function takeReport(
  ctx: Context,
  { session, live: before }: WholeSession,
  progress: Progress,
): Taken {
  const begun = progress.started
    ? withEarlierStart(session, before, progress.started, ctx.now())
    : before;
  const late = isLate(before, progress.seq);
  const { live: measured, packed } = takeSamples(
    session,
    begun,
    progress.samples ?? [],
    ctx.now(),
    late,
  );
  const seq = withSequence(before, progress.seq);
  const { flow } = progress;
  const flowing = flow && { state: flow.state, at: ourInstant(flow.at, before) };
  const flows = flowsKnown(before, seq.missing_seq, flowing);
  const flowed = late
    ? { live: flows && flow ? recounted(measured, flows) : measured }
    : withFlow(ctx, measured, flow);
  return { ...flowed, packed, ...watchGaps(ctx, { ...flowed.live, ...seq }, flows) };
}

function withFlow(ctx: Context, live: LiveSession, flow: Progress['flow']): Flowed {
  if (!flow || (live.suspended_by ?? 'charging') === flow.state) return { live };
  const { at, offsetSeconds: clock_offset_s } = laterInstant(flow.at, ctx.now(), live);
  const stamp = { meter_at: live.meter_at && at, clock_offset_s };
  if (flow.state === 'charging') {
    const because = 'Energy flows again.';
    return { live: { ...resumed(live, at), ...stamp }, type: SessionResumed, because };
  }
  const next = { ...suspended(live, flow.state, at), ...stamp };
  const because = `Energy flow held by the ${flow.state}.`;
  return { live: next, type: live.suspended_by ? SessionUpdated : SessionSuspended, because };
}
