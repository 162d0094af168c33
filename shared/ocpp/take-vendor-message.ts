import { receiveVendorMessage } from '#shared/chargers/vendor-message.ts';
import type { Context } from '#shared/core/context.ts';
import type { Peer } from '#shared/ocpp/action.ts';

interface Message {
  readonly vendorId: string;
  readonly messageId?: string | null | undefined;
  readonly data?: unknown;
}

const answers = { understood: 'Accepted', unknown_vendor: 'UnknownVendorId' } as const;

/** Passes a vendor's message on; the charger is told whether anybody here understands the vendor. */
export async function takeVendorMessage(
  ctx: Context,
  { chargerId }: Peer,
  { vendorId, messageId = null, data = null }: Message,
) {
  return {
    status: answers[await receiveVendorMessage(ctx, chargerId, { vendorId, messageId, data })],
  };
}
