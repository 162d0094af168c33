import { recordBoot } from '#shared/chargers/record-boot.ts';
import { isoNow } from '#shared/core/context.ts';
import { defineInbound } from '#shared/ocpp/action.ts';

const statusOf = { accepted: 'Accepted', pending: 'Pending', rejected: 'Rejected' } as const;

/** The charger has started: it says what it is and learns whether it may work. */
export const bootNotification = defineInbound('ocpp1.6', 'BootNotification', {
  example: { chargePointVendor: 'Magma', chargePointModel: 'MX-EV-22', firmwareVersion: '1.4.2' },
  async handle({ request, peer }, ctx) {
    const { registration, intervalSeconds } = await recordBoot(ctx, peer.chargerId, {
      vendor: request.chargePointVendor,
      model: request.chargePointModel,
      serialNumber: request.chargePointSerialNumber ?? request.chargeBoxSerialNumber ?? null,
      firmwareVersion: request.firmwareVersion ?? null,
      version: '1.6',
    });
    return { status: statusOf[registration], currentTime: isoNow(ctx), interval: intervalSeconds };
  },
});
