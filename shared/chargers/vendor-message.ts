import { findCharger } from '#shared/chargers/charger-view.ts';
import { ChargerDataTransferReceived } from '#shared/chargers/events.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

export interface VendorMessage {
  readonly vendorId: string;
  readonly messageId: string | null;
  readonly data: unknown;
}

/**
 * Passes a vendor's own message on as an event. `understood` says whether the organization has named
 * this vendor as one whose messages it handles, which is what the charger wants to know.
 */
export async function receiveVendorMessage(
  ctx: Context,
  chargerId: string,
  { vendorId, messageId, data }: VendorMessage,
): Promise<'understood' | 'unknown_vendor'> {
  const [charger, organization] = await Promise.all([
    findCharger(ctx, chargerId),
    getOrganization(ctx),
  ]);
  const id = ctx.newId('dtm');
  await commit(ctx, {
    aggregate: { kind: 'vendor_message', id, version: 1 },
    writes: [],
    events: [
      eventOf(ctx, ChargerDataTransferReceived, {
        id,
        version: 1,
        scope: { charger_id: chargerId, site_id: charger?.site_id ?? null },
        object: {
          charger_id: chargerId,
          vendor_id: vendorId,
          message_id: messageId,
          data: data == null || typeof data === 'string' ? (data ?? null) : JSON.stringify(data),
          received_at: isoNow(ctx),
        },
      }),
    ],
  });
  return organization.data_transfer_vendors.includes(vendorId) ? 'understood' : 'unknown_vendor';
}
