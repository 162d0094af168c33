import { defineInbound, defineOutbound } from '#shared/ocpp/action.ts';
import { DataTransferInput } from '#shared/ocpp/inputs/neutral-input.ts';
import { takeVendorMessage } from '#shared/ocpp/take-vendor-message.ts';

/** A vendor's own message, passed on as an event. */
export const dataTransfer = defineInbound('ocpp2.0.1', 'DataTransfer', {
  example: { vendorId: 'com.example', messageId: 'hello', data: { any: 'thing' } },
  handle: async ({ request, peer }, ctx) => takeVendorMessage(ctx, peer, request),
});

/** A message of a vendor's own, any JSON. */
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
