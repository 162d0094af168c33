import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import type { Context } from '#shared/core/context.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { changeOf, type EventType } from '#shared/events/event.ts';
import type { Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { priced, resumed, suspended, takeSamples } from '#shared/sessions/advance.ts';
import { changeSession, type Step, scopeOf } from '#shared/sessions/change-session.ts';
import { laterInstant } from '#shared/sessions/charger-clock.ts';
import { withEarlierStart } from '#shared/sessions/earlier-start.ts';
import {
  SessionLimitReached,
  SessionMeterValues,
  SessionReconciled,
  SessionResumed,
  SessionSuspended,
  SessionUpdated,
  SocUpdated,
} from '#shared/sessions/events.ts';
import { cleared, flagged } from '#shared/sessions/read-meter.ts';
import type { PackedSample, Sample } from '#shared/sessions/sample.ts';
import { sampleRow } from '#shared/sessions/sample-row.ts';
import { isLate, isRepeat, withSequence } from '#shared/sessions/sequence.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { limitReached } from '#shared/sessions/time-limit.ts';

/** Energy flows, or who keeps it from flowing. */
export type Flow = 'charging' | 'vehicle' | 'charger';

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

/** Webhooks and the event log hear of a running session this often. */
const PUBLISH_EVERY_S = 60;
const NEVER = '1970-01-01T00:00:00Z';

/**
 * Takes a report on a running session: two small writes, whatever the number of gauges. A numbered
 * report that was taken before changes nothing. Samples of a session already over join its series,
 * and change nothing else.
 */
export async function reportProgress(
  ctx: Context,
  sessionId: string,
  progress: Progress,
): Promise<WholeSession | undefined> {
  return changeSession(ctx, sessionId, (whole) => {
    const { live } = whole;
    if (isRepeat(live, progress.seq)) return undefined;
    if (live.status === 'ended' || live.status === 'failed')
      return afterwards(ctx, whole, progress);
    return running(ctx, whole, progress);
  });
}

function running(ctx: Context, whole: WholeSession, progress: Progress): Step | undefined {
  const { session, live: before } = whole;
  const begun = progress.started
    ? withEarlierStart(session, before, progress.started, ctx.now())
    : before;
  const samples = progress.samples ?? [];
  const { live: measured, packed } = takeSamples(session, begun, samples, ctx.now());
  const flow = withFlow(ctx, measured, isLate(before, progress.seq) ? undefined : progress.flow);
  const seq = withSequence(before, progress.seq);
  const news = packed.length > 0 || flow.type !== undefined || progress.seq !== undefined;
  if (!news) return undefined;
  const now = ctx.now().toISOString();
  const quiet = !flow.type && secondsBetween(before.published_at ?? NEVER, now) < PUBLISH_EVERY_S;
  const after: LiveSession = {
    ...priced(session, flow.live, flow.live.meter_at ?? now),
    ...seq,
    offline: before.offline || progress.offline === true,
    flags: flagged(flow.live, ...(progress.flags ?? [])),
    published_at: quiet ? before.published_at : now,
  };
  const reached = after.status === 'stopping' ? null : limitReached(session, after);
  const step: Step = {
    live: after,
    events: [
      ...(packed.length > 0 || reached
        ? [{ type: SessionUpdated, liveOnly: quiet && !reached }]
        : []),
      ...(flow.type ? [{ type: flow.type }] : []),
    ],
    moreEvents: packed.length > 0 ? measurements(ctx, whole, after, packed, quiet) : [],
    ...(packed.length > 0 ? { carrier: sampleRow(ctx, after, packed) } : {}),
    ...(flow.because ? { because: flow.because } : {}),
  };
  return reached ? { ...step, ...stopping(ctx, whole, step, reached) } : step;
}

function afterwards(ctx: Context, whole: WholeSession, progress: Progress): Step | undefined {
  const { packed } = takeSamples(whole.session, whole.live, progress.samples ?? [], ctx.now());
  const seq = withSequence(whole.live, progress.seq);
  if (packed.length === 0 && progress.seq === undefined) return undefined;
  const complete = whole.live.missing_seq.length > 0 && seq.missing_seq.length === 0;
  const live = {
    ...whole.live,
    ...seq,
    samples: whole.live.samples + packed.length,
    flags: complete ? cleared(whole.live, 'incomplete_data') : whole.live.flags,
  };
  return {
    live,
    events: complete ? [{ type: SessionReconciled }] : [],
    ...(packed.length > 0 ? { carrier: sampleRow(ctx, live, packed) } : {}),
    ...(complete ? { because: 'All reports of the charger have come.' } : {}),
  };
}

interface Flowed {
  readonly live: LiveSession;
  readonly type?: EventType;
  readonly because?: string;
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

function measurements(
  ctx: Context,
  whole: WholeSession,
  after: LiveSession,
  packed: readonly PackedSample[],
  quiet: boolean,
): Recorded[] {
  const about = { id: after.session_id, version: whole.live.version + 1, scope: scopeOf(whole) };
  const { soc_percent, meter_at: at } = after;
  const soc = soc_percent !== null && soc_percent !== whole.live.soc_percent;
  const values = changeOf(ctx, SessionMeterValues, { ...about, patch: { samples: packed } });
  if (!soc) return [values];
  return [
    values,
    changeOf(ctx, SocUpdated, { ...about, patch: { soc_percent, at }, liveOnly: quiet }),
  ];
}

function stopping(
  ctx: Context,
  { session }: WholeSession,
  { live, events }: Step,
  reason: NonNullable<LiveSession['stop_reason']>,
): Partial<Step> & Pick<Step, 'live' | 'events'> {
  const { command, writes } = newCommand(ctx, {
    type: 'stop_session',
    chargerId: session.charger_id,
    connector: session.connector,
    sessionId: session.id,
    input: { transaction_id: live.transaction_id },
  });
  return {
    live: { ...live, status: 'stopping', stop_reason: reason, stop_command_id: command.id },
    events: [...events, { type: SessionLimitReached }],
    writes,
    tasks: [dueTask(ctx, DispatchCommands, { charger_id: session.charger_id })],
    because: `Limit reached (${reason}): stopping.`,
  };
}
