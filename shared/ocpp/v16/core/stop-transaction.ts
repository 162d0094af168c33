import type { Context } from '#shared/core/context.ts';
import { type Admitted, defineMoneyInbound } from '#shared/ocpp/action.ts';
import { idTagInfo } from '#shared/ocpp/v16/id-tag-info.ts';
import { type StopRequest, stoppedCharging } from '#shared/ocpp/v16/stopped-charging.ts';
import { transactionNumber } from '#shared/ocpp/v16/transaction-number.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';
import { findOrphan, keepOrphan, matchOrphan, type Stray } from '#shared/sessions/orphans.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';
import { authorize } from '#shared/tokens/authorize.ts';

/**
 * The charger reports the end of a transaction. One whose transaction we cannot find is kept as an
 * orphan, and answered like any other.
 */
export const stopTransaction = defineMoneyInbound('ocpp1.6', 'StopTransaction', {
  example: {
    transactionId: 1,
    meterStop: 9200,
    timestamp: '2026-11-22T10:45:00Z',
    reason: 'Local',
  },
  async handle({ request, peer, messageId, flags }, ctx) {
    const { chargerId } = peer;
    const stray: Stray = { chargerId, action: 'StopTransaction', messageId, payload: request };
    const whole = await sessionOf(request, stray, ctx);
    if (whole) await stoppedCharging(ctx, whole, request, flags);
    else await keepOrphan(ctx, stray);
    if (!request.idTag) return {};
    const shown = { uid: request.idTag, chargerId, purpose: 'standing' } as const;
    return { idTagInfo: idTagInfo(await authorize(ctx, shown)) };
  },
});

/**
 * Without a transaction id (the start was never answered) it ends the one session it can be about, and
 * that stays so when it comes again: the next session is not ended by a repeat.
 */
async function sessionOf(
  request: Admitted<StopRequest>['request'],
  stray: Stray,
  ctx: Context,
): Promise<WholeSession | undefined> {
  const { chargerId } = stray;
  const transactionId = transactionNumber(request.transactionId);
  if (transactionId !== undefined) return findByTransaction(ctx, { chargerId, transactionId });
  const kept = await findOrphan(ctx, stray);
  if (kept?.session_id) return findSession(ctx, kept.session_id);
  const whole = await findByTransaction(ctx, {
    chargerId,
    transactionId,
    tokenUid: request.idTag,
    at: request.timestamp,
  });
  if (whole) await matchOrphan(ctx, stray, whole.session.id);
  return whole;
}
