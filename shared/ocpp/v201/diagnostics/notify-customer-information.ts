import { reportCustomer } from '#shared/customer-information/customer-information.ts';
import { defineInbound } from '#shared/ocpp/action.ts';

/** A part of what the charger knows of a customer, or of what it says of erasing it. */
export const notifyCustomerInformation = defineInbound('ocpp2.0.1', 'NotifyCustomerInformation', {
  example: { requestId: 7, seqNo: 0, data: 'None', generatedAt: '2026-11-22T10:00:00Z' },
  async handle({ request: { requestId, seqNo: seq, data, tbc = false }, peer }, ctx) {
    await reportCustomer(ctx, peer.chargerId, requestId, { seq, data, last: !tbc });
    return {};
  },
});
