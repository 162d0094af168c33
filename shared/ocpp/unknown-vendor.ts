import type { Context } from '#shared/core/context.ts';
import type { Peer } from '#shared/ocpp/action.ts';

/** No vendor's messages are understood yet; the charger is told so, as the specification wants. */
export function unknownVendor(
  ctx: Context,
  { chargerId: charger }: Peer,
  { vendorId: vendor, messageId: message = null }: { vendorId: string; messageId?: string | null },
) {
  ctx.log.info('DataTransfer of an unknown vendor', { charger, vendor, message });
  return { status: 'UnknownVendorId' as const };
}
