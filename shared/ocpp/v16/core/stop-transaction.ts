import { isoNow } from '#shared/core/context.ts';
import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { idTagInfo } from '#shared/ocpp/v16/id-tag-info.ts';
import { samplesOf } from '#shared/ocpp/v16/meter-values.ts';
import { endCharging } from '#shared/sessions/end-charging.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';
import { keepOrphan } from '#shared/sessions/orphans.ts';
import type { StopReason } from '#shared/sessions/session.ts';
import { authorize } from '#shared/tokens/token.ts';

const reasonOf: Readonly<Record<string, StopReason>> = {
  Local: 'local',
  Remote: 'remote',
  EVDisconnected: 'ev_disconnected',
  EmergencyStop: 'emergency_stop',
  HardReset: 'reboot',
  SoftReset: 'reboot',
  Reboot: 'reboot',
  PowerLoss: 'power_loss',
  UnlockCommand: 'remote',
  DeAuthorized: 'deauthorized',
  Other: 'other',
};

/**
 * The charger reports the end of a transaction; a missing reason means Local (errata 2.5). One whose
 * transaction we cannot find is kept as an orphan, and answered like any other.
 */
export const stopTransaction = defineMoneyInbound('ocpp1.6', 'StopTransaction', {
  example: {
    transactionId: 1,
    meterStop: 9200,
    timestamp: '2026-11-22T10:45:00Z',
    reason: 'Local',
  },
  async handle({ request, peer, messageId, flags }, ctx) {
    const { transactionId, idTag, meterStop, timestamp, reason, transactionData } = request;
    const whole = await findByTransaction(ctx, {
      chargerId: peer.chargerId,
      transactionId: transactionId?.toString(),
      tokenUid: idTag,
    });
    if (whole) {
      await endCharging(ctx, whole.session.id, {
        at: timestamp ?? isoNow(ctx),
        meterStopWh: meterStop ?? null,
        reason: reasonOf[reason ?? 'Local'] ?? 'other',
        samples: samplesOf(transactionData, isoNow(ctx)).filter((s) => s.registerWh !== null),
        flags,
      });
    } else {
      await keepOrphan(ctx, peer.chargerId, 'StopTransaction', messageId, request);
    }
    return idTag ? { idTagInfo: idTagInfo(await authorize(ctx, idTag)) } : {};
  },
});
