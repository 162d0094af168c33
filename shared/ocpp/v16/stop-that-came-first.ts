import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { stoppedCharging } from '#shared/ocpp/v16/stopped-charging.ts';
import { transactionNumber } from '#shared/ocpp/v16/transaction-number.ts';
import { matchOrphan, type Orphan, orphansOf } from '#shared/sessions/orphans.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { sameToken } from '#shared/tokens/same-token.ts';

const Stop = z.object({
  transactionId: z.number().optional(),
  idTag: z.string().optional(),
  meterStop: z.number().optional(),
  timestamp: z.string().optional(),
  reason: z.string().optional(),
});
type Stop = z.infer<typeof Stop>;

/**
 * A charger that gets no answer to its start may report the stop, without a transaction id, before it
 * tries the start again. The stop was kept as an orphan; if just one fits, it ends the session now.
 */
export async function stopThatCameFirst(
  ctx: Context,
  chargerId: string,
  whole: WholeSession,
): Promise<void> {
  const { session, live } = whole;
  const running = live.status === 'charging' && live.energy_wh === 0;
  if (!running) return;
  const orphans = await orphansOf(ctx, chargerId, session.id);
  const stops = orphans.filter(({ action }) => action === 'StopTransaction').map(read);
  const [found, another] = stops.filter(({ stop }) => fits(stop, whole));
  if (!found || another) return;
  const { action, message_id: messageId, payload } = found.orphan;
  await matchOrphan(ctx, { chargerId, action, messageId, payload }, session.id);
  await stoppedCharging(ctx, whole, found.stop, ['stop_before_start']);
}

const read = (orphan: Orphan) => ({ orphan, stop: Stop.parse(orphan.payload) });

function fits(stop: Stop, { session, live }: WholeSession): boolean {
  const { idTag, timestamp, meterStop } = stop;
  if (transactionNumber(stop.transactionId) !== undefined) return false;
  const began = live.charging_started_at ?? session.started_at;
  return (
    (!idTag || sameToken(idTag, session.token_uid)) &&
    timestamp !== undefined &&
    Date.parse(timestamp) >= Date.parse(began) &&
    meterStop !== undefined &&
    meterStop >= (live.meter_start_wh ?? 0)
  );
}
