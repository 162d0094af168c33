import type { Context } from '#shared/core/context.ts';
import { later } from '#shared/core/units.ts';
import { closeIdle, priced, withSample } from '#shared/sessions/advance.ts';
import { changeSession, type Step } from '#shared/sessions/change-session.ts';
import { laterInstant } from '#shared/sessions/charger-clock.ts';
import { releaseConnector, unlist } from '#shared/sessions/create-session.ts';
import { SessionEnded } from '#shared/sessions/events.ts';
import { flagged } from '#shared/sessions/read-meter.ts';
import { noReadings, type Sample } from '#shared/sessions/sample.ts';
import { withSequence } from '#shared/sessions/sequence.ts';
import type { StopReason } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';

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
): Promise<WholeSession | undefined> {
  return changeSession(ctx, sessionId, (whole) => stepOf(ctx, whole, end));
}

async function stepOf(ctx: Context, whole: WholeSession, end: End): Promise<Step | undefined> {
  const { session, live } = whole;
  if (live.status === 'ended' || live.status === 'failed') return undefined;
  const last: Sample = { ...noReadings, at: end.at, registerWh: end.meterStopWh, context: 'end' };
  const samples = [...(end.samples ?? []), ...(end.meterStopWh === null ? [] : [last])];
  const measured = samples.reduce(
    (now, sample) => withSample(session, now, sample, ctx.now()),
    live,
  );
  const at = laterInstant(end.at, ctx.now(), measured);
  const unmetered = measured.meter_wh === null ? ['no_meter'] : [];
  const seq = withSequence(live, end.seq);
  const missing = seq.missing_seq.length > 0 ? ['incomplete_data'] : [];
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
    stop_reason: live.stop_reason && end.reason === 'remote' ? live.stop_reason : end.reason,
    offline: live.offline || end.offline === true,
    flags: flagged(measured, ...unmetered, ...missing, ...(end.flags ?? [])),
  };
  return {
    live: priced(session, ended, at),
    events: [{ type: SessionEnded }],
    writes: [unlist(ctx, session), ...(await releaseConnector(ctx, session))],
    because: `Ended: ${ended.stop_reason}.`,
  };
}
