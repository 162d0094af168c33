import { defineInbound, defineOutbound } from '#shared/ocpp/action.ts';

/** No vendor's messages are understood yet; the charger is told so as the specification wants. */
export const dataTransfer = defineInbound('ocpp1.6', 'DataTransfer', {
  example: { vendorId: 'com.example', messageId: 'hello', data: '{}' },
  async handle({ request, peer }, ctx) {
    const { vendorId: vendor, messageId: message = null } = request;
    ctx.log.info('DataTransfer of an unknown vendor', { charger: peer.chargerId, vendor, message });
    return { status: 'UnknownVendorId' as const };
  },
});

export const sendDataTransfer = defineOutbound('ocpp1.6', 'DataTransfer', {
  example: { vendorId: 'com.example', messageId: 'hello' },
});
