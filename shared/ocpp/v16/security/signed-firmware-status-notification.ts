import { recordFirmwareStatus } from '#shared/firmware/record-firmware-status.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { firmwareReports } from '#shared/ocpp/words/firmware-words.ts';

/** How a signed update goes; its request id is left out where the charger has none. */
export const signedFirmwareStatusNotification = defineInbound(
  'ocpp1.6',
  'SignedFirmwareStatusNotification',
  {
    example: { status: 'SignatureVerified', requestId: 7 },
    async handle({ request: { status, requestId }, peer }, ctx) {
      const report = firmwareReports[status];
      await recordFirmwareStatus(ctx, peer.chargerId, { report, requestNumber: requestId });
      return {};
    },
  },
);
