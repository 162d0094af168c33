import { recordFirmwareStatus } from '#shared/firmware/record-firmware-status.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { firmwareReports } from '#shared/ocpp/words/firmware-words.ts';

/** Says how an update goes, but not which: the newest is meant, as far as that fits. */
export const firmwareStatusNotification = defineInbound('ocpp1.6', 'FirmwareStatusNotification', {
  example: { status: 'Downloading' },
  async handle({ request, peer }, ctx) {
    await recordFirmwareStatus(ctx, peer.chargerId, { report: firmwareReports[request.status] });
    return {};
  },
});
