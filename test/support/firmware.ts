import { createFirmwareImage, NewFirmwareImage } from '#shared/firmware/firmware-image.ts';
import { listFirmwareUpdates } from '#shared/firmware/list-firmware-updates.ts';
import { NewFirmwareUpdate } from '#shared/firmware/new-update.ts';
import { requestFirmwareUpdate } from '#shared/ocpp/requests/request-firmware-update.ts';
import type { TestContext } from '#test/support/context.ts';
import type { OcppPeer, PeerOptions } from '#test/support/ocpp-peer.ts';
import { aPricedPeer } from '#test/support/ocpp-site.ts';

const SHA256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/** An image whose file has been uploaded. */
export async function anImage(
  ctx: TestContext,
  differences: Partial<NewFirmwareImage> = {},
): Promise<string> {
  const { id } = await createFirmwareImage(
    ctx,
    NewFirmwareImage.parse({
      name: 'MX 4.3.0',
      version: '4.3.0',
      file_name: 'mx_4.3.0.bin',
      size_bytes: 3,
      sha256: SHA256,
      ...differences,
    }),
  );
  ctx.files.store(`firmware/${ctx.tenantId}/${id}`, { size: 3, sha256: SHA256 });
  return id;
}

export const aSignature = {
  signature: 'MEUCIQDc',
  signing_certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
};

const is16 = (charger: OcppPeer) => charger.sender.version === 'ocpp1.6';

/** It starts, and says what it runs. */
export const bootWith = (charger: OcppPeer, version: string) =>
  charger.call(
    'BootNotification',
    is16(charger)
      ? {
          chargePointVendor: 'Magma',
          chargePointModel: 'MX-EV-22',
          firmwareVersion: version,
        }
      : {
          reason: 'FirmwareUpdate',
          chargingStation: { vendorName: 'Magma', model: 'MX-EV-22', firmwareVersion: version },
        },
  );

export async function theUpdate(ctx: TestContext) {
  const { items } = await listFirmwareUpdates(ctx, {}, { limit: 10 });
  const [newest] = items;
  if (!newest) throw new Error('There is no update.');
  return newest;
}

/** CP-1, which runs 4.2.1, has been asked to install 4.3.0. */
export async function anUpdate(
  options: PeerOptions = {},
  image: Partial<NewFirmwareImage> = {},
  asked: Partial<NewFirmwareUpdate> = {},
) {
  const { ctx, charger } = await aPricedPeer(options);
  await bootWith(charger, '4.2.1');
  const firmware_image_id = await anImage(ctx, image);
  const body = NewFirmwareUpdate.parse({ firmware_image_id, ...asked });
  const command = await requestFirmwareUpdate(ctx, 'CP-1', body);
  return { ctx, charger, command, firmware_image_id };
}
