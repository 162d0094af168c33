import { defineInbound } from '#shared/ocpp/action.ts';
import { reportPublishing } from '#shared/ocpp/publishing.ts';

/** How a local controller gets on with an image it is to hand out; kept with the call that asked for it. */
export const publishFirmwareStatusNotification = defineInbound(
  'ocpp2.0.1',
  'PublishFirmwareStatusNotification',
  {
    example: { status: 'Published', requestId: 7, location: ['https://192.0.2.7/4.3.0.bin'] },
    async handle({ request, peer }, ctx) {
      await reportPublishing(ctx, peer.chargerId, request);
      return {};
    },
  },
);
