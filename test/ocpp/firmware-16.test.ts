import { describe, expect, test } from 'vitest';
import { findCommand } from '#shared/commands/settle-command.ts';
import { NewFirmwareUpdate } from '#shared/firmware/new-update.ts';
import { requestFirmwareUpdate } from '#shared/ocpp/requests/request-firmware-update.ts';
import type { TestContext } from '#test/support/context.ts';
import { anUpdate, aSignature, bootWith, theUpdate } from '#test/support/firmware.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const HOUR = 3_600_000;
const tells = (status: string) => ['FirmwareStatusNotification', { status }] as const;
/** No connection lasts for hours. */
const back = (ctx: TestContext) =>
  aPeer(ctx, { connectionId: ctx.newId('socket'), registered: true, boots: false });
const firmwareEvents = (ctx: TestContext) =>
  recordedEvents(ctx)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('firmware.'));

describe('an update without a signature', () => {
  test('goes from the request to installed, and its command with it', async () => {
    const { ctx, charger, command, firmware_image_id } = await anUpdate();
    const asked = charger.lastAsked();
    expect(asked).toMatchObject({
      action: 'UpdateFirmware',
      payload: { retrieveDate: ctx.now().toISOString(), retries: 3, retryInterval: 60 },
    });
    expect(asked.payload['location']).toMatch(`https://api.magma.test/files/firmware/get.`);
    expect(asked.payload['location']).toMatch(`/demo/${firmware_image_id}/mx_4.3.0.bin`);
    await charger.reply(asked, {});
    expect(await theUpdate(ctx)).toMatchObject({
      id: command.firmware_update_id,
      status: 'sent',
      signed: false,
      version: '4.3.0',
      previous_version: '4.2.1',
    });
    for (const [said, status] of [
      ['Downloading', 'downloading'],
      ['Downloaded', 'downloaded'],
      ['Installing', 'installing'],
      ['Installed', 'installed'],
    ] as const) {
      ctx.tick(60_000);
      await charger.call(...tells(said));
      expect((await theUpdate(ctx)).status).toBe(status);
    }
    await settle(ctx);
    expect(firmwareEvents(ctx)).toEqual(['firmware.update_started', 'firmware.update_succeeded']);
    expect(await findCommand(ctx, command.id)).toMatchObject({
      status: 'completed',
      result: { outcome: 'installed' },
    });
  });

  // Gotcha 40: notifications go on for hours, repeat, and come after the restart.
  test('is installed once, however often and late it is told', async () => {
    const { ctx, charger } = await anUpdate();
    await charger.reply(charger.lastAsked(), {});
    const said = [
      'Downloading',
      'Downloading',
      'Installing',
      'Downloaded',
      'Installed',
      'Installed',
    ];
    for (const status of said) await charger.call(...tells(status));
    await settle(ctx);
    ctx.tick(8 * HOUR);
    const later = await back(ctx);
    for (const status of ['Installing', 'Idle', 'InstallationFailed', 'Installed'])
      await later.call(...tells(status));
    await settle(ctx);
    expect((await theUpdate(ctx)).status).toBe('installed');
    expect(firmwareEvents(ctx)).toEqual(['firmware.update_started', 'firmware.update_succeeded']);
  });

  test('is done when the charger starts with the new version, though it never said so', async () => {
    const { ctx, charger } = await anUpdate();
    await charger.reply(charger.lastAsked(), {});
    await charger.call(...tells('Downloading'));
    await bootWith(charger, '4.2.1');
    await settle(ctx);
    expect((await theUpdate(ctx)).status).toBe('downloading');
    await bootWith(charger, '4.3.0');
    await settle(ctx);
    expect((await theUpdate(ctx)).status).toBe('installed');
  });

  test('is not done by the success of the one before, told again', async () => {
    const { ctx, charger, firmware_image_id } = await anUpdate();
    await charger.reply(charger.lastAsked(), {});
    for (const status of ['Downloading', 'Installed']) await charger.call(...tells(status));
    await settle(ctx);
    const again = NewFirmwareUpdate.parse({ firmware_image_id });
    await requestFirmwareUpdate(ctx, 'CP-1', again);
    await charger.call(...tells('Installed'));
    expect((await theUpdate(ctx)).status).toBe('scheduled');
    await charger.reply(charger.lastAsked(), {});
    await charger.call(...tells('Installed'));
    expect((await theUpdate(ctx)).status).toBe('sent');
  });

  test('times out after six hours of silence, and is done all the same if it turns out well', async () => {
    const { ctx, charger, command } = await anUpdate();
    await charger.reply(charger.lastAsked(), {});
    await settle(ctx);
    ctx.tick(5 * HOUR);
    const later = await back(ctx);
    await later.call(...tells('Downloading'));
    await settle(ctx);
    ctx.tick(5 * HOUR);
    await settle(ctx);
    expect((await theUpdate(ctx)).status).toBe('downloading');
    ctx.tick(HOUR);
    await settle(ctx);
    expect(await theUpdate(ctx)).toMatchObject({
      status: 'timed_out',
      failure: { stage: 'download', reason: 'silent' },
    });
    expect(await findCommand(ctx, command.id)).toMatchObject({ status: 'timed_out' });
    const last = await back(ctx);
    await last.call(...tells('Installing'));
    expect((await theUpdate(ctx)).status).toBe('timed_out');
    await last.call(...tells('Installed'));
    expect(await theUpdate(ctx)).toMatchObject({ status: 'installed', failure: null });
    await settle(ctx);
    expect(firmwareEvents(ctx)).toEqual([
      'firmware.update_started',
      'firmware.update_failed',
      'firmware.update_succeeded',
    ]);
  });

  test('waits for reports where the answer was lost', async () => {
    const { ctx, charger } = await anUpdate();
    await settle(ctx);
    ctx.tick(31_000);
    await settle(ctx);
    expect((await theUpdate(ctx)).status).toBe('sent');
    await charger.call(...tells('Downloading'));
    expect((await theUpdate(ctx)).status).toBe('downloading');
  });

  test('gives way to another, which alone is told of from then on', async () => {
    const { ctx, charger, command, firmware_image_id } = await anUpdate();
    await charger.reply(charger.lastAsked(), {});
    await charger.call(...tells('Downloading'));
    const again = NewFirmwareUpdate.parse({ firmware_image_id });
    const second = await requestFirmwareUpdate(ctx, 'CP-1', again);
    await charger.reply(charger.lastAsked(), {});
    await charger.call(...tells('Downloading'));
    await settle(ctx);
    expect(await theUpdate(ctx)).toMatchObject({
      id: second.firmware_update_id,
      status: 'downloading',
    });
    expect(await findCommand(ctx, command.id)).toMatchObject({
      status: 'canceled',
      result: { reason: 'request: overtaken' },
    });
  });

  test('cannot say when to install', async () => {
    const install_at = '2026-06-02T00:00:00.000Z';
    await expect(anUpdate({}, {}, { install_at })).rejects.toMatchObject({
      code: 'capability_not_supported',
    });
    const { charger } = await anUpdate({}, aSignature, { install_at });
    expect(charger.lastAsked()).toMatchObject({
      action: 'SignedUpdateFirmware',
      payload: { firmware: { installDateTime: install_at } },
    });
  });
});

describe('a signed update', () => {
  test('is told of by its own number, whatever else is told', async () => {
    const { ctx, charger } = await anUpdate({}, aSignature);
    const { id, action, payload } = charger.lastAsked();
    expect(action).toBe('SignedUpdateFirmware');
    expect(payload['firmware']).toMatchObject({
      signature: aSignature.signature,
      signingCertificate: aSignature.signing_certificate,
    });
    await charger.reply({ id });
    const requestId = Number(payload['requestId']);
    const tell = (status: string, number = requestId) =>
      charger.call('SignedFirmwareStatusNotification', { status, requestId: number });
    await tell('Downloading', requestId + 7);
    expect(await theUpdate(ctx)).toMatchObject({ status: 'sent', signed: true });
    for (const [status, next] of [
      ['DownloadScheduled', 'sent'],
      ['Downloading', 'downloading'],
      ['SignatureVerified', 'downloaded'],
      ['InstallRebooting', 'rebooting'],
    ] as const) {
      await tell(status);
      expect((await theUpdate(ctx)).status).toBe(next);
    }
    // Some leave the number out, or send none that is one.
    await charger.call('SignedFirmwareStatusNotification', { status: 'Installed', requestId: -1 });
    expect((await theUpdate(ctx)).status).toBe('installed');
  });

  test.each([
    [{ status: 'InvalidCertificate' }, 'signature_invalid', 'invalid_certificate'],
    [{ status: 'RevokedCertificate' }, 'signature_invalid', 'revoked_certificate'],
    [{ status: 'Rejected' }, 'rejected', 'rejected'],
  ])('ends where the charger answers %o', async (answer, status, reason) => {
    const { ctx, charger } = await anUpdate({}, aSignature);
    await charger.reply(charger.lastAsked(), answer);
    await settle(ctx);
    expect(await theUpdate(ctx)).toMatchObject({ status, failure: { reason } });
    expect(firmwareEvents(ctx)).toEqual(['firmware.update_failed']);
  });

  test('goes without its signature to a charger that knows no signed updates, at once', async () => {
    const { ctx, charger } = await anUpdate({}, aSignature);
    await charger.say(JSON.stringify([4, charger.lastAsked().id, 'NotImplemented', '', {}]));
    await settle(ctx);
    expect(charger.asked().map(({ action }) => action)).toEqual([
      'SignedUpdateFirmware',
      'UpdateFirmware',
    ]);
    await charger.reply(charger.lastAsked(), {});
    for (const status of ['Downloading', 'Installed']) await charger.call(...tells(status));
    expect(await theUpdate(ctx)).toMatchObject({ status: 'installed', signed: false });
  });

  test('is not repeated without its signature for any other reason', async () => {
    const { ctx, charger } = await anUpdate({}, aSignature);
    await charger.say(JSON.stringify([4, charger.lastAsked().id, 'InternalError', '', {}]));
    await settle(ctx);
    expect(charger.asked()).toHaveLength(1);
    expect((await theUpdate(ctx)).status).toBe('rejected');
  });
});

test('news of updates that nobody asked for are taken and forgotten', async () => {
  const { ctx, charger } = await anUpdate();
  ctx.tick(1000);
  for (const requestId of [0, 99, 2 ** 31 - 1])
    await charger.call('SignedFirmwareStatusNotification', { status: 'Installed', requestId });
  expect((await theUpdate(ctx)).status).toBe('scheduled');
});
