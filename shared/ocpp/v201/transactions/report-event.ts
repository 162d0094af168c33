import { type Context, isoNow } from '#shared/core/context.ts';
import { samplesOf } from '#shared/ocpp/v201/samples-of.ts';
import {
  boundsOf,
  sequenceNumber,
  type TransactionEvent,
} from '#shared/ocpp/v201/transactions/event-request.ts';
import { flowOf, stopReasonOf } from '#shared/ocpp/v201/transactions/words.ts';
import { endCharging } from '#shared/sessions/end-charging.ts';
import { reportProgress } from '#shared/sessions/report-progress.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';

interface About {
  /** It was there before this event. */
  readonly known: boolean;
  /** Left out where it has been written since `whole` was read. */
  readonly asRead?: WholeSession;
}

/** Tells the session what an event reports. */
export const report = (
  event: TransactionEvent,
  whole: WholeSession,
  about: About,
  ctx: Context,
): Promise<WholeSession | undefined> =>
  event.request.eventType === 'Ended'
    ? end(event, whole.session.id, about, ctx)
    : progress(event, whole, about, ctx);

function progress(
  { request, flags }: TransactionEvent,
  { session, live }: WholeSession,
  { known, asRead }: About,
  ctx: Context,
) {
  const at = request.timestamp ?? isoNow(ctx);
  const state = flowOf(request.transactionInfo?.chargingState, live.energy_wh > 0);
  const told = {
    samples: samplesOf(request.meterValue, isoNow(ctx)),
    flow: state && { state, at },
    seq: sequenceNumber(request),
    offline: request.offline ?? false,
    started: request.eventType === 'Started' ? boundsOf(request, ctx) : undefined,
    flags: known ? flags : [],
  };
  return reportProgress(ctx, session.id, told, asRead);
}

function end({ request, flags }: TransactionEvent, id: string, { asRead }: About, ctx: Context) {
  const told = {
    at: request.timestamp ?? isoNow(ctx),
    meterStopWh: null,
    samples: samplesOf(request.meterValue, isoNow(ctx)),
    reason: stopReasonOf(request.transactionInfo?.stoppedReason),
    seq: sequenceNumber(request),
    offline: request.offline ?? false,
    flags,
  };
  return endCharging(ctx, id, told, asRead);
}
