import { describe, expect, test } from 'vitest';
import { endpoint as listUpdates } from '#functions/api/firmware/list-firmware-updates.ts';
import { endpoint as updateFirmware } from '#functions/api/firmware/update-charger-firmware.ts';
import { call } from '#test/support/call.ts';
import { aSignature } from '#test/support/firmware.ts';
import { MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aStation, type Station } from '#test/support/station-201.ts';

const image = { url: 'https://example.com/mx_4.3.0.bin', version: '4.3.0', ...aSignature };

async function asked(station: Station, more: object = {}, status = 'Accepted') {
  await call(station.ctx, updateFirmware, {
    params: { charger_id: 'CP-1' },
    body: { ...image, ...more },
  });
  const question = await station.asked('UpdateFirmware');
  await station.reply(question, { status });
  const { requestId } = question.payload;
  const tell = async (...statuses: readonly string[]) => {
    for (const one of statuses) {
      station.ctx.tick(MINUTE);
      const told = { status: one, requestId };
      expect(await station.peer.call('FirmwareStatusNotification', told)).toEqual({});
    }
    await settle(station.ctx);
  };
  return { firmware: question.payload['firmware'], tell };
}

const boots = (station: Station, firmwareVersion = '4.3.0') =>
  station.peer.call('BootNotification', {
    reason: 'FirmwareUpdate',
    chargingStation: { model: 'MX-EV-120', vendorName: 'Magma', firmwareVersion },
  });

/** How the updates of the station stand, newest first. */
async function states({ ctx }: Station): Promise<unknown[]> {
  await settle(ctx);
  const { body } = await call(ctx, listUpdates, { query: { charger_id: 'CP-1' } });
  const updates = body['firmware_updates'] as { status: string }[];
  return updates.map(({ status }) => status);
}

const FETCHED = ['Downloading', 'Downloaded', 'SignatureVerified'];
const INSTALLED = ['Installing', 'InstallRebooting'];

describe('a signed update', () => {
  test('TC_L_01_CSMS: is installed', async () => {
    const station = await aStation();
    const { firmware, tell } = await asked(station);
    expect(firmware).toMatchObject({
      signature: aSignature.signature,
      signingCertificate: aSignature.signing_certificate,
    });
    await tell(...FETCHED, ...INSTALLED);
    expect(await boots(station)).toMatchObject({ status: 'Accepted' });
    await station.connector('Available');
    await tell('Installed');
    expect(await states(station)).toEqual(['installed']);
  });

  test('TC_L_02_CSMS: is installed when its time has come', async () => {
    const station = await aStation();
    const install_at = '2026-06-01T20:00:00.000Z';
    const { firmware, tell } = await asked(station, { install_at });
    expect(firmware).toMatchObject({ installDateTime: install_at });
    await tell(...FETCHED, 'InstallScheduled', ...INSTALLED);
    expect(await boots(station)).toMatchObject({ status: 'Accepted' });
    await tell('Installed');
    expect(await states(station)).toEqual(['installed']);
  });

  test('TC_L_03_CSMS: is fetched when its time has come', async () => {
    const station = await aStation();
    const start_at = '2026-06-01T20:00:00.000Z';
    const { firmware, tell } = await asked(station, { start_at });
    expect(firmware).toMatchObject({ retrieveDateTime: start_at });
    await tell('DownloadScheduled', ...FETCHED, ...INSTALLED);
    expect(await boots(station)).toMatchObject({ status: 'Accepted' });
    await tell('Installed');
    expect(await states(station)).toEqual(['installed']);
  });

  test.each([
    ['TC_L_04_CSMS: is refused for a certificate that was revoked', 'RevokedCertificate'],
    ['TC_L_05_CSMS: is refused for a certificate that is not valid', 'InvalidCertificate'],
  ])('%s', async (_, answer) => {
    const station = await aStation();
    await asked(station, {}, answer);
    expect(await states(station)).toEqual(['signature_invalid']);
  });

  test.each([
    [
      'TC_L_06_CSMS: fails for its signature',
      ['Downloading', 'Downloaded', 'InvalidSignature'],
      'signature_invalid',
    ],
    [
      'TC_L_07_CSMS: fails because it cannot be fetched',
      ['Downloading', 'DownloadFailed'],
      'download_failed',
    ],
    [
      'TC_L_08_CSMS: fails because it does not stand its check',
      [...FETCHED, 'Installing', 'InstallVerificationFailed'],
      'install_failed',
    ],
  ])('%s', async (_, told, state) => {
    const station = await aStation();
    const { tell } = await asked(station);
    await tell(...told);
    expect(await states(station)).toEqual([state]);
  });

  test('TC_L_09_CSMS: fails after the restart', async () => {
    const station = await aStation();
    const { tell } = await asked(station);
    await tell(...FETCHED, ...INSTALLED);
    expect(await boots(station, '4.2.0')).toMatchObject({ status: 'Accepted' });
    await tell('InstallationFailed');
    expect(await states(station)).toEqual(['install_failed']);
  });

  test('TC_L_10_CSMS: gives way to the next', async () => {
    const station = await aStation();
    const first = await asked(station);
    await first.tell('Downloading');
    const { tell } = await asked(station, {}, 'AcceptedCanceled');
    await tell(...FETCHED, ...INSTALLED);
    await boots(station);
    await tell('Installed');
    expect(await states(station)).toEqual(['installed', 'canceled']);
  });

  test('TC_L_11_CSMS: does not give way', async () => {
    const station = await aStation();
    const { tell } = await asked(station);
    await tell('Downloading');
    await asked(station, {}, 'Rejected');
    await tell('Downloaded', 'SignatureVerified', ...INSTALLED);
    expect(await boots(station)).toMatchObject({ status: 'Accepted' });
    await tell('Installed');
    expect((await states(station)).at(-1)).toBe('installed');
  });

  test('TC_L_13_CSMS: waits for the end of a transaction', async () => {
    const station = await aStation();
    await station.charging();
    const { tell } = await asked(station);
    await tell('DownloadScheduled');
    await station.disconnected();
    await tell(...FETCHED, ...INSTALLED);
    expect(await boots(station)).toMatchObject({ status: 'Accepted' });
    await tell('Installed');
    expect(await states(station)).toEqual(['installed']);
    expect(await theSession(station.ctx)).toMatchObject({ status: 'ended' });
  });
});
