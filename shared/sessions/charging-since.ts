import type { Context } from '#shared/core/context.ts';
import type { Begin } from '#shared/sessions/begin.ts';
import { startInstant } from '#shared/sessions/charger-clock.ts';
import { flagged } from '#shared/sessions/read-meter.ts';
import { type Sequence, withSequence } from '#shared/sessions/sequence.ts';
import type { LiveSession } from '#shared/sessions/session.ts';

/** A session as its transaction begins: time, register and numbers start here. */
export function chargingSince(
  ctx: Context,
  live: LiveSession,
  begin: Begin,
  transactionId: string,
  notBefore: string | null,
): LiveSession {
  const clock = startInstant(begin.at, ctx.now(), notBefore);
  return {
    ...live,
    status: 'charging',
    transaction_id: transactionId,
    charging_started_at: clock.at,
    clock_offset_s: clock.offsetSeconds,
    meter_start_wh: begin.meterStartWh,
    meter_wh: begin.meterStartWh,
    meter_at: clock.at,
    readings: [{ at: clock.at, wh: 0 }],
    ...sequenceFrom(begin.seq),
    offline: live.offline || begin.offline,
    flags: flagged(live, ...clock.flags, ...(begin.flags ?? [])),
  };
}

/** The report itself is counted when its content is taken; here only what else has come, or must have. */
function sequenceFrom(seq: Begin['seq']): Sequence {
  const none: Sequence = { last_seq: null, missing_seq: [] };
  if (!seq) return none;
  const noted = seq.seen.toSorted((a, b) => a - b).reduce(withSequence, none);
  const before = seq.below - 1;
  if (before <= (noted.last_seq ?? -1)) return noted;
  const { missing_seq: missing } = withSequence(noted, before);
  return { last_seq: before, missing_seq: [...missing, before] };
}
