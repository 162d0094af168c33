import { recordFirmwareStatus } from '#shared/firmware/record-firmware-status.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { firmwareReports } from '#shared/ocpp/words/firmware-words.ts';

/** How an update goes; only `Idle` may come without a request id, but others do. */
export const firmwareStatusNotification = defineInbound('ocpp2.0.1', 'FirmwareStatusNotification', {
  example: { status: 'Downloading', requestId: 7 },
  async handle({ request: { status, requestId }, peer }, ctx) {
    const report = firmwareReports[status];
    await recordFirmwareStatus(ctx, peer.chargerId, { report, requestNumber: requestId });
    return {};
  },
});
