import { defineInbound } from '#shared/ocpp/action.ts';
import { takeVendorMessage } from '#shared/ocpp/take-vendor-message.ts';
import { PNC_VENDOR } from '#shared/ocpp/v16/pnc/vendor.ts';

/** Plug & Charge comes this way too; else it is what a vendor has to say. */
export const dataTransfer = defineInbound('ocpp1.6', 'DataTransfer', {
  example: { vendorId: 'com.example', messageId: 'hello', data: '{}' },
  async handle(admitted, ctx) {
    const { request, peer } = admitted;
    if (request.vendorId !== PNC_VENDOR) return takeVendorMessage(ctx, peer, request);
    const { takeIn201 } = await import('#shared/ocpp/v16/pnc/take-in-201.ts');
    return takeIn201(ctx, admitted);
  },
});
