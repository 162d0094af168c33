import { describe, expect, test } from 'vitest';
import { findCommand } from '#shared/commands/settle-command.ts';
import { requestRaw } from '#shared/ocpp/requests/request-raw.ts';
import { anUpdate, aSignature, bootWith, theUpdate } from '#test/support/firmware.ts';
import { aPricedPeer } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const V201 = { version: 'ocpp2.0.1' } as const;

describe('an update', () => {
  test('asks with signature, times and number, and is told of by the number', async () => {
    const asked = { start_at: '2026-06-01T20:00:00Z', install_at: '2026-06-01T22:00:00Z' };
    const { ctx, charger } = await anUpdate(V201, aSignature, asked);
    const { id, action, payload } = charger.lastAsked();
    expect(action).toBe('UpdateFirmware');
    expect(payload).toMatchObject({
      firmware: {
        retrieveDateTime: '2026-06-01T20:00:00.000Z',
        installDateTime: '2026-06-01T22:00:00.000Z',
        signature: aSignature.signature,
        signingCertificate: aSignature.signing_certificate,
      },
    });
    await charger.reply({ id }, { status: 'AcceptedCanceled' });
    expect(await theUpdate(ctx)).toMatchObject({ status: 'sent', signed: true });
    const { requestId } = payload;
    for (const [status, next] of [
      ['DownloadScheduled', 'sent'],
      ['Downloading', 'downloading'],
      ['DownloadPaused', 'downloading'],
      ['Downloaded', 'downloaded'],
      ['InstallScheduled', 'downloaded'],
      ['Installing', 'installing'],
      ['InstallVerificationFailed', 'install_failed'],
    ]) {
      await charger.call('FirmwareStatusNotification', { status, requestId });
      expect((await theUpdate(ctx)).status).toBe(next);
    }
    expect(await theUpdate(ctx)).toMatchObject({
      failure: { stage: 'install', reason: 'verification_failed' },
    });
  });

  // The charger fetches the file at its own time: the URL must live so long.
  test('gives a URL that OCPP has room for and that outlives the time it is for', async () => {
    const { charger } = await anUpdate(V201, {}, { start_at: '2026-06-08T00:00:00Z' });
    const firmware = charger.lastAsked().payload['firmware'];
    const url = String(Object.entries(firmware ?? {}).find(([name]) => name === 'location')?.[1]);
    expect(url.length).toBeLessThan(300);
    const expires = Number(/\/get\.(\d+)\./.exec(url)?.[1]) * 1000;
    expect(expires).toBeGreaterThan(Date.parse('2026-06-09T00:00:00Z'));
  });

  test('is unsigned where there is no signature, and the charger may say so without a number', async () => {
    const { ctx, charger } = await anUpdate(V201);
    expect(charger.lastAsked().payload['firmware']).not.toHaveProperty('signature');
    await charger.reply(charger.lastAsked());
    expect(await theUpdate(ctx)).toMatchObject({ status: 'sent', signed: false });
    await charger.call('FirmwareStatusNotification', { status: 'Idle' });
    await charger.call('FirmwareStatusNotification', { status: 'Downloading' });
    expect((await theUpdate(ctx)).status).toBe('downloading');
    await bootWith(charger, '4.3.0');
    await settle(ctx);
    expect((await theUpdate(ctx)).status).toBe('installed');
  });
});

describe('firmware published by a local controller', () => {
  const payload = {
    requestId: 77,
    location: 'https://example.com/4.3.0.bin',
    checksum: 'd41d8cd98f00b204e9800998ecf8427e',
  };
  const published = async () => {
    const { ctx, charger } = await aPricedPeer(V201);
    const { id } = await requestRaw(ctx, { chargerId: 'CP-1', action: 'PublishFirmware', payload });
    await charger.reply(charger.lastAsked());
    const tell = (status: string, more: object = { requestId: 77 }) =>
      charger.call('PublishFirmwareStatusNotification', { status, ...more });
    return { ctx, tell, charger, call: () => findCommand(ctx, id) };
  };

  test('is told of in the call that asked for it, until it is there', async () => {
    const { tell, call } = await published();
    expect(await call()).toMatchObject({ status: 'accepted' });
    await tell('Downloading');
    expect(await call()).toMatchObject({ status: 'accepted', result: { outcome: 'downloading' } });
    await tell('ChecksumVerified', { requestId: 78 });
    expect((await call())?.result?.outcome).toBe('downloading');
    const location = ['https://192.0.2.7/4.3.0.bin'];
    await tell('Published', { requestId: 77, location });
    expect(await call()).toMatchObject({
      status: 'completed',
      result: { outcome: 'published', data: { locations: location } },
    });
    await tell('Downloading');
    expect(await call()).toMatchObject({ status: 'completed' });
  });

  test('has failed where its checksum is wrong, number or no number', async () => {
    const { tell, call } = await published();
    await tell('InvalidChecksum', {});
    expect(await call()).toMatchObject({
      status: 'failed',
      result: { outcome: 'invalid_checksum' },
    });
  });

  test('is taken back, unless somebody fetches it just then', async () => {
    const { ctx, charger } = await aPricedPeer(V201);
    const call = { chargerId: 'CP-1', action: 'UnpublishFirmware' };
    const { checksum } = payload;
    for (const [answer, status, outcome] of [
      ['Unpublished', 'completed', 'unpublished'],
      ['NoFirmware', 'completed', 'no_firmware'],
      ['DownloadOngoing', 'rejected', 'download_ongoing'],
    ]) {
      const { id } = await requestRaw(ctx, { ...call, payload: { checksum } });
      await charger.reply(charger.lastAsked(), { status: answer });
      expect(await findCommand(ctx, id)).toMatchObject({ status, result: { outcome } });
    }
  });
});
