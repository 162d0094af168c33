import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { changeOf } from '#shared/events/event.ts';
import type { Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { priced } from '#shared/sessions/advance.ts';
import { changeSession, type Step, scopeOf } from '#shared/sessions/change-session.ts';
import {
  SessionIdleStarted,
  SessionLimitReached,
  SessionMeterValues,
  SessionReconciled,
  SessionSuspended,
  SessionUpdated,
  SocUpdated,
} from '#shared/sessions/events.ts';
import { isAwaitingReports } from '#shared/sessions/gaps.ts';
import { idleFeeFrom } from '#shared/sessions/idle-fee.ts';
import { flagged } from '#shared/sessions/read-meter.ts';
import type { PackedSample } from '#shared/sessions/sample.ts';
import { sampleRow } from '#shared/sessions/sample-row.ts';
import { isLate, isRepeat } from '#shared/sessions/sequence.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { type Progress, takeReport } from '#shared/sessions/take-report.ts';
import { ShowRunningCost } from '#shared/sessions/tasks.ts';
import { limitReached } from '#shared/sessions/time-limit.ts';

/** Webhooks and the event log hear of a running session this often. */
const PUBLISH_EVERY_S = 60;
const NEVER = '1970-01-01T00:00:00Z';

/**
 * Takes a report on a running session: two small writes, whatever the number of gauges. A numbered
 * report that was taken before changes nothing, nor does one without a number that is word for word the
 * last: a charger repeats what it got no answer to before it says anything else.
 */
export async function reportProgress(
  ctx: Context,
  sessionId: string,
  progress: Progress,
  asRead?: WholeSession,
): Promise<WholeSession | undefined> {
  return changeSession(ctx, sessionId, (whole) => stepOf(ctx, whole, progress), asRead);
}

function stepOf(ctx: Context, whole: WholeSession, progress: Progress): Step | undefined {
  const { live } = whole;
  const last_report = printOf(progress);
  if (isRepeat(live, progress.seq) || (last_report && last_report === live.last_report))
    return undefined;
  const over = live.status === 'ended' || live.status === 'failed';
  const step = over ? afterwards(ctx, whole, progress) : running(ctx, whole, progress);
  return step && last_report ? { ...step, live: { ...step.live, last_report } } : step;
}

const printOf = ({ seq, samples = [] }: Progress): string | undefined =>
  seq === undefined && samples.length > 0
    ? sha256(JSON.stringify(samples)).slice(0, 12)
    : undefined;

function running(ctx: Context, whole: WholeSession, progress: Progress): Step | undefined {
  const { session, live: before } = whole;
  const { live, packed, type, because, tasks } = takeReport(ctx, whole, progress);
  if (packed.length === 0 && !type && progress.seq === undefined) return undefined;
  const now = isoNow(ctx);
  const quiet = !type && secondsBetween(before.published_at ?? NEVER, now) < PUBLISH_EVERY_S;
  const after: LiveSession = {
    ...priced(session, live, live.meter_at ?? now),
    offline: before.offline || progress.offline === true,
    flags: flagged(live, ...(progress.flags ?? [])),
    published_at: quiet ? before.published_at : now,
  };
  const costs = dueTask(ctx, ShowRunningCost, { session_id: session.id });
  const reached = after.status === 'stopping' ? null : limitReached(session, after);
  const step: Step = {
    live: after,
    events: [
      ...(packed.length > 0 || reached
        ? [{ type: SessionUpdated, liveOnly: quiet && !reached }]
        : []),
      ...(type ? [{ type }] : []),
      ...(type === SessionSuspended && idleFeeFrom(session, after)
        ? [{ type: SessionIdleStarted }]
        : []),
    ],
    moreEvents: packed.length > 0 ? measurements(ctx, whole, after, packed, quiet) : [],
    tasks: session.shows_cost && packed.length > 0 && !quiet ? [...tasks, costs] : tasks,
    ...(packed.length > 0 ? { carrier: sampleRow(ctx, after, packed) } : {}),
    ...(because ? { because } : {}),
  };
  return reached ? { ...step, ...stopping(ctx, whole, step, reached) } : step;
}

/**
 * A report on a session that is over. While its bill waits for missing reports, one of them counts as
 * if it had come in time; any other joins the series, and changes nothing else.
 */
function afterwards(ctx: Context, whole: WholeSession, progress: Progress): Step | undefined {
  const { session, live: before } = whole;
  const taken = takeReport(ctx, whole, progress);
  const { packed } = taken;
  if (packed.length === 0 && progress.seq === undefined) return undefined;
  const { last_seq, missing_seq, gap, flags, samples } = taken.live;
  const counts = isAwaitingReports(before) && isLate(before, progress.seq);
  const live = counts
    ? priced(session, { ...taken.live, status: before.status }, before.ended_at ?? isoNow(ctx))
    : { ...before, last_seq, missing_seq, gap, flags, samples };
  const complete = before.missing_seq.length > 0 && missing_seq.length === 0;
  return {
    live,
    events: complete ? [{ type: SessionReconciled }] : [],
    ...(packed.length > 0 ? { carrier: sampleRow(ctx, live, packed) } : {}),
    ...(complete ? { because: 'All reports of the charger have come.' } : {}),
  };
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
  { live, events, tasks = [] }: Step,
  reason: NonNullable<LiveSession['stop_reason']>,
): Partial<Step> & Pick<Step, 'live' | 'events'> {
  const { command, writes } = newCommand(ctx, {
    type: 'stop_session',
    chargerId: session.charger_id,
    connector: session.connector,
    sessionId: session.id,
    serves: { kind: 'session', id: session.id },
    input: { transaction_id: live.transaction_id },
  });
  return {
    live: { ...live, status: 'stopping', stop_reason: reason, stop_command_id: command.id },
    events: [...events, { type: SessionLimitReached }],
    writes,
    tasks: [...tasks, dueTask(ctx, DispatchCommands, { charger_id: session.charger_id })],
    because: `Limit reached (${reason}): stopping.`,
  };
}
