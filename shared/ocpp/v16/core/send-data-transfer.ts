import { defineOutbound } from '#shared/ocpp/action.ts';
import { DataTransferInput } from '#shared/ocpp/inputs/neutral-input.ts';

/** 1.6 carries text: data that is none goes as its JSON. */
export const sendDataTransfer = defineOutbound('ocpp1.6', 'DataTransfer', {
  command: 'data_transfer',
  example: { vendorId: 'com.example', messageId: 'hello' },
  toRequest(input) {
    const { vendor_id, message_id, data } = DataTransferInput.parse(input);
    return {
      vendorId: vendor_id,
      ...(message_id === undefined ? {} : { messageId: message_id }),
      ...(data == null ? {} : { data: typeof data === 'string' ? data : JSON.stringify(data) }),
    };
  },
});
