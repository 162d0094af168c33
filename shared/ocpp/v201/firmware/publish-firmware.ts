import { defineOutbound, outcomeByStatus } from '#shared/ocpp/action.ts';

/** A local controller fetches and checks an image, so it may take hours. */
const PUBLISHED_WITHIN_S = 86_400;

/** Firmware handed out by a local controller (L03), by a raw call alone: notifications tell how it goes. */
export const publishFirmware = defineOutbound('ocpp2.0.1', 'PublishFirmware', {
  example: {
    requestId: 7,
    location: 'https://example.com/files/firmware/mx-dc-120_4.3.0.bin',
    checksum: 'd41d8cd98f00b204e9800998ecf8427e',
  },
  outcomeOf(response) {
    if (response.status !== 'Accepted') return outcomeByStatus(response);
    return { status: 'accepted', outcome: 'accepted', followUpSeconds: PUBLISHED_WITHIN_S };
  },
});
