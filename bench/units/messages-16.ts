import type { MessageRows } from '#bench/units/message-rows.ts';
import { beginLog, beginUpdate } from '#bench/units/prepared.ts';
import type { MeteredSite } from '#bench/units/site.ts';
import { aSigningRequest } from '#test/support/pki.ts';

/** The messages of 1.6 that have no part in a charge. */
export async function otherMessages16(rows: MessageRows, { world, dc }: MeteredSite) {
  const stamp = () => world.now().toISOString();
  await rows.say(
    'StatusNotification',
    {
      connectorId: 1,
      status: 'Faulted',
      errorCode: 'GroundFailure',
      vendorErrorCode: 'E-117',
      timestamp: stamp(),
    },
    'a fault',
  );
  await rows.say('DataTransfer', { vendorId: 'com.example', messageId: 'hello', data: 'anything' });
  const arrives = await beginLog(world, dc);
  await rows.say('DiagnosticsStatusNotification', { status: 'Uploading' }, 'uploading');
  arrives();
  await rows.say('DiagnosticsStatusNotification', { status: 'Uploaded' }, 'uploaded');
  await securityMessages16(rows, { world, dc });
  await firmwareMessages16(rows, { world, dc });
}

type Place = Pick<MeteredSite, 'world' | 'dc'>;

async function securityMessages16(rows: MessageRows, { world, dc }: Place): Promise<void> {
  const timestamp = world.now().toISOString();
  await rows.say('SecurityEventNotification', { type: 'FirmwareUpdated', timestamp }, 'critical');
  const told = { type: 'SettingSystemTime', timestamp };
  await rows.say('SecurityEventNotification', told, 'not critical');
  const { pem: csr } = await aSigningRequest({ commonName: dc.id });
  await rows.say('SignCertificate', { csr }, 'signed and sent to the charger');
  await dc.acceptAll();
  await beginLog(world, dc, { kind: 'security' });
  const { requestId } = dc.asked('GetLog');
  await rows.say('LogStatusNotification', { status: 'Uploading', requestId }, 'uploading');
}

async function firmwareMessages16(rows: MessageRows, { world, dc }: Place): Promise<void> {
  await beginUpdate(world, dc);
  await rows.say('FirmwareStatusNotification', { status: 'Downloading' }, 'downloading');
  await rows.say('FirmwareStatusNotification', { status: 'Installed' }, 'installed');
  const signing_certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  await beginUpdate(world, dc, { signature: 'MEUCIQDc', signing_certificate });
  const { requestId } = dc.asked('SignedUpdateFirmware');
  const told = { status: 'SignatureVerified', requestId };
  await rows.say('SignedFirmwareStatusNotification', told, 'signature verified');
}
