import { defineInbound, defineOutbound } from '#shared/ocpp/action.ts';
import { DataTransferInput } from '#shared/ocpp/neutral-input.ts';

/** No vendor's messages are understood yet; the charger is told so as the specification wants. */
export const dataTransfer = defineInbound('ocpp2.0.1', 'DataTransfer', {
  example: { vendorId: 'com.example', messageId: 'hello', data: { any: 'thing' } },
  async handle({ request, peer }, ctx) {
    const { vendorId: vendor, messageId: message = null } = request;
    ctx.log.info('DataTransfer of an unknown vendor', { charger: peer.chargerId, vendor, message });
    return { status: 'UnknownVendorId' as const };
  },
});

export const sendDataTransfer = defineOutbound('ocpp2.0.1', 'DataTransfer', {
  command: 'data_transfer',
  example: { vendorId: 'com.example', messageId: 'hello' },
  toRequest(input) {
    const { vendor_id, message_id, data } = DataTransferInput.parse(input);
    return {
      vendorId: vendor_id,
      ...(message_id === undefined ? {} : { messageId: message_id }),
      ...(data == null ? {} : { data }),
    };
  },
});
