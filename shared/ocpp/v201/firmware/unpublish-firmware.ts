import { defineOutbound, outcomeByStatus } from '#shared/ocpp/action.ts';

/** A local controller is to hand an image out no longer (L04), by a raw call alone. */
export const unpublishFirmware = defineOutbound('ocpp2.0.1', 'UnpublishFirmware', {
  example: { checksum: 'd41d8cd98f00b204e9800998ecf8427e' },
  outcomeOf(response) {
    if (response.status !== 'DownloadOngoing') return outcomeByStatus(response);
    const reason = 'Somebody still downloads it.';
    return { status: 'rejected', outcome: 'download_ongoing', reason };
  },
});
