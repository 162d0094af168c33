import { recordBoot } from '#shared/chargers/record-boot.ts';
import { isoNow } from '#shared/core/context.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { versionNumber } from '#shared/ocpp/version.ts';

const statusOf = { accepted: 'Accepted', pending: 'Pending', rejected: 'Rejected' } as const;

/** The charger has started: it says what it is and learns whether it may work. */
export const bootNotification = defineInbound('ocpp2.0.1', 'BootNotification', {
  example: { reason: 'PowerUp', chargingStation: { model: 'MX-EV-120', vendorName: 'Magma' } },
  async handle({ request, peer }, ctx) {
    const { vendorName, model, serialNumber, firmwareVersion } = request.chargingStation;
    const { registration, intervalSeconds } = await recordBoot(ctx, peer.chargerId, {
      vendor: vendorName,
      model,
      serialNumber: serialNumber ?? null,
      firmwareVersion: firmwareVersion ?? null,
      version: versionNumber[peer.version],
    });
    return { status: statusOf[registration], currentTime: isoNow(ctx), interval: intervalSeconds };
  },
});
