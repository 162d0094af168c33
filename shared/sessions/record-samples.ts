import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import type { Context } from '#shared/core/context.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { changeOf } from '#shared/events/event.ts';
import type { Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { priced, withSample } from '#shared/sessions/advance.ts';
import { changeSession, type Step, scopeOf } from '#shared/sessions/change-session.ts';
import {
  SessionLimitReached,
  SessionMeterValues,
  SessionUpdated,
  SocUpdated,
} from '#shared/sessions/events.ts';
import { flagged } from '#shared/sessions/read-meter.ts';
import { type PackedSample, packSample, type Sample } from '#shared/sessions/sample.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { limitReached } from '#shared/sessions/time-limit.ts';

/** Webhooks and the event log hear of a running session this often. */
const PUBLISH_EVERY_S = 60;
const KEPT_DAYS = { live: 396, test: 90 };

/**
 * Takes what a charger measured during a session: two small writes, whatever the number of gauges.
 * Samples of a session already ended are kept in the series and change nothing else.
 */
export async function recordSamples(
  ctx: Context,
  sessionId: string,
  samples: readonly Sample[],
  flags: readonly string[] = [],
): Promise<WholeSession | undefined> {
  if (samples.length === 0) return undefined;
  return changeSession(ctx, sessionId, (whole) => stepOf(ctx, whole, samples, flags));
}

function stepOf(
  ctx: Context,
  whole: WholeSession,
  samples: readonly Sample[],
  flags: readonly string[],
): Step {
  const { session, live: before } = whole;
  const { live, packed } = taken(ctx, whole, samples);
  const over = before.status === 'ended' || before.status === 'failed';
  const quiet =
    over ||
    secondsBetween(before.published_at ?? '1970-01-01T00:00:00Z', ctx.now().toISOString()) <
      PUBLISH_EVERY_S;
  const after: LiveSession = over
    ? { ...before, samples: before.samples + packed.length }
    : {
        ...priced(session, live, live.meter_at ?? ctx.now().toISOString()),
        flags: flagged(live, ...flags),
      };
  const reached = over || after.status === 'stopping' ? null : limitReached(session, after);
  const stop = reached ? stopping(ctx, whole, after, reached) : {};
  return {
    live: { ...after, published_at: quiet ? before.published_at : ctx.now().toISOString() },
    events: over ? [] : [{ type: SessionUpdated, liveOnly: quiet }],
    moreEvents: over ? [] : raw(ctx, whole, after, packed, quiet),
    carrier: sampleRow(ctx, after, packed),
    ...stop,
  };
}

function taken(ctx: Context, { session, live }: WholeSession, samples: readonly Sample[]) {
  const packed: PackedSample[] = [];
  const next = samples.reduce((now, sample) => {
    const then = withSample(session, now, sample, ctx.now());
    packed.push(packSample(sample, then.meter_at ?? sample.at, then.energy_wh));
    return then;
  }, live);
  return { live: next, packed };
}

function raw(
  ctx: Context,
  whole: WholeSession,
  after: LiveSession,
  packed: readonly PackedSample[],
  quiet: boolean,
): Recorded[] {
  const about = { id: after.session_id, version: after.version + 1, scope: scopeOf(whole) };
  const soc = after.soc_percent !== whole.live.soc_percent && after.soc_percent !== null;
  const at = after.meter_at;
  return [
    changeOf(ctx, SessionMeterValues, { ...about, patch: { samples: packed } }),
    ...(soc
      ? [
          changeOf(ctx, SocUpdated, {
            ...about,
            patch: { soc_percent: after.soc_percent, at },
            liveOnly: quiet,
          }),
        ]
      : []),
  ];
}

function sampleRow(ctx: Context, live: LiveSession, samples: readonly PackedSample[]) {
  const [first] = samples;
  const days = ctx.livemode ? KEPT_DAYS.live : KEPT_DAYS.test;
  const ttl = Math.floor(ctx.now().getTime() / 1000) + days * 86_400;
  const at = first?.[0] ?? ctx.now().toISOString();
  return { ...keys.meterSample(ctx.tenantId, live.session_id, at, live.version + 1), samples, ttl };
}

function stopping(
  ctx: Context,
  { session }: WholeSession,
  live: LiveSession,
  reason: NonNullable<LiveSession['stop_reason']>,
): Partial<Step> {
  const { writes } = newCommand(ctx, {
    type: 'stop_session',
    chargerId: session.charger_id,
    connector: session.connector,
    sessionId: session.id,
    input: { transaction_id: live.transaction_id },
  });
  return {
    live: { ...live, status: 'stopping', stop_reason: reason },
    events: [{ type: SessionUpdated }, { type: SessionLimitReached }],
    writes,
    tasks: [dueTask(ctx, DispatchCommands, { charger_id: session.charger_id })],
    because: `Limit reached (${reason}): stopping.`,
  };
}
