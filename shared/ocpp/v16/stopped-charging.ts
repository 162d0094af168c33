import { type Context, isoNow } from '#shared/core/context.ts';
import type { Salvaged } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { samplesOf } from '#shared/ocpp/v16/meter-values.ts';
import { endCharging } from '#shared/sessions/end-charging.ts';
import { registerOf } from '#shared/sessions/read-meter.ts';
import type { StopReason } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';

export type StopRequest = Salvaged<Payload<'ocpp1.6', 'StopTransaction', 'request'>>;

interface Stop extends Pick<StopRequest, 'timestamp' | 'meterStop' | 'transactionData'> {
  readonly reason?: string | undefined;
}

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

/** Ends a session as the charger reports it; a missing reason means Local (errata 2.5). */
export async function stoppedCharging(
  ctx: Context,
  whole: WholeSession,
  { timestamp, meterStop, reason, transactionData }: Stop,
  flags: readonly string[],
): Promise<void> {
  const metered = samplesOf(transactionData, isoNow(ctx)).filter((s) => s.registerWh !== null);
  const end = {
    at: timestamp ?? isoNow(ctx),
    meterStopWh: registerOf(meterStop),
    reason: reasonOf[reason ?? 'Local'] ?? 'other',
    samples: metered,
    flags,
  };
  await endCharging(ctx, whole.session.id, end, whole);
}
