import type { Context } from '#shared/core/context.ts';
import { later } from '#shared/core/units.ts';
import { closeIdle, priced, takeSamples } from '#shared/sessions/advance.ts';
import { changeSession, type Step } from '#shared/sessions/change-session.ts';
import { laterInstant } from '#shared/sessions/charger-clock.ts';
import { releaseConnector, unlist } from '#shared/sessions/create-session.ts';
import { isStartAssumed } from '#shared/sessions/earlier-start.ts';
import { SessionEnded } from '#shared/sessions/events.ts';
import { flowsKnown, watchGaps } from '#shared/sessions/gaps.ts';
import { cleared, flagged } from '#shared/sessions/read-meter.ts';
import { noReadings, type Sample } from '#shared/sessions/sample.ts';
import { sampleRow } from '#shared/sessions/sample-row.ts';
import { withSequence } from '#shared/sessions/sequence.ts';
import type { LiveSession, StopReason } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { withStatedEnergy } from '#shared/sessions/stated-energy.ts';

/** A charger says that a transaction has ended. */
export interface End {
  /** The charger's own time. */
  readonly at: string;
  readonly meterStopWh: number | null;
  readonly reason: StopReason;
  /** Samples that came with the end, oldest first. */
  readonly samples?: readonly Sample[];
  /** The message's number within the transaction (2.0.1). */
  readonly seq?: number | undefined;
  readonly offline?: boolean;
  readonly flags?: readonly string[];
}

/** Closes a session with its final reading. A repeat, even with another time, changes nothing. */
export async function endCharging(
  ctx: Context,
  sessionId: string,
  end: End,
  asRead?: WholeSession,
): Promise<WholeSession | undefined> {
  return changeSession(ctx, sessionId, (whole) => stepOf(ctx, whole, end), asRead);
}

async function stepOf(ctx: Context, whole: WholeSession, end: End): Promise<Step | undefined> {
  const { session, live } = whole;
  if (live.status === 'ended' || live.status === 'failed') return undefined;
  const { live: counted, packed } = takeSamples(session, live, newSamples(live, end), ctx.now());
  const { at, flags: odd } = laterInstant(end.at, ctx.now(), counted);
  const measured = withStatedEnergy(session, counted, live.meter_wh, {
    stopWh: end.meterStopWh,
    at,
  });
  const unmetered = measured.meter_wh === null ? ['no_meter'] : [];
  const seq = withSequence(live, end.seq);
  const ended = {
    ...measured,
    ...seq,
    status: 'ended' as const,
    ended_at: at,
    charging_ended_at:
      measured.charging_ended_at ?? later(measured.charging_started_at ?? undefined, at),
    idle: closeIdle(measured, at),
    power_w: 0,
    suspended_by: null,
    stop_pending: false,
    stop_command_id: null,
    stop_reason: live.stop_reason && end.reason === 'remote' ? live.stop_reason : end.reason,
    offline: live.offline || end.offline === true,
    flags: flagged(
      { flags: cleared(measured, 'stop_missing') },
      ...[...odd, ...unmetered, ...(end.flags ?? [])],
    ),
  };
  const { live: over, tasks } = watchGaps(ctx, ended, flowsKnown(live, seq.missing_seq, undefined));
  return {
    live: priced(session, over, at),
    events: [{ type: SessionEnded }],
    tasks,
    writes: [...unlist(ctx, session), ...(await releaseConnector(ctx, session))],
    ...(packed.length > 0 ? { carrier: sampleRow(ctx, live, packed) } : {}),
    because: `Ended: ${ended.stop_reason}.`,
  };
}

/**
 * The samples of the end that tell something new. Chargers send those of the whole charge once more;
 * the last one alone may say that the register fell.
 */
function newSamples(live: LiveSession, { at, samples = [], meterStopWh }: End): readonly Sample[] {
  const stop: Sample = { ...noReadings, at, registerWh: meterStopWh, context: 'end' };
  const all = meterStopWh === null ? samples : [...samples, stop];
  const last =
    all.findLast((s) => s.registerWh !== null && s.context === 'end') ??
    all.findLast((s) => s.registerWh !== null);
  const reached = live.meter_wh ?? -Infinity;
  return all.filter(
    (sample) =>
      sample === last ||
      sample.registerWh === null ||
      (sample.context === 'begin' && isStartAssumed(live)) ||
      (sample.registerWh >= reached && sample.registerWh <= (last?.registerWh ?? Infinity)),
  );
}
