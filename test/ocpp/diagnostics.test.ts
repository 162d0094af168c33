import { describe, expect, test } from 'vitest';
import { learnAbilities } from '#shared/chargers/learn-abilities.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { NewDiagnostics } from '#shared/diagnostics/plan-diagnostics.ts';
import { requestDiagnostics } from '#shared/ocpp/requests/request-diagnostics.ts';
import type { TestContext } from '#test/support/context.ts';
import { aLogRequest, theLog } from '#test/support/diagnostics.ts';
import { aPricedPeer } from '#test/support/ocpp-site.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const HOUR = 3_600_000;
const logEvents = (ctx: TestContext) =>
  recordedEvents(ctx)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('diagnostics.'));
const tells16 = (status: string) => ['DiagnosticsStatusNotification', { status }] as const;

describe('diagnostics of an OCPP 1.6 charger', () => {
  test('go from the request to the file, with a link that gives it', async () => {
    const oldest_at = '2026-05-31T00:00:00Z';
    const { ctx, charger, command, arrives } = await aLogRequest({}, { oldest_at });
    const asked = charger.lastAsked();
    expect(asked).toMatchObject({
      action: 'GetDiagnostics',
      payload: { startTime: '2026-05-31T00:00:00.000Z', retries: 3, retryInterval: 60 },
    });
    expect(asked.payload['location']).toContain(`/demo/${command.diagnostics_id}/`);
    await charger.reply(asked, { fileName: 'CP-1_log.zip' });
    expect(await theLog(ctx)).toMatchObject({ status: 'accepted', file_name: 'CP-1_log.zip' });
    await charger.call(...tells16('Uploading'));
    expect(await theLog(ctx)).toMatchObject({ status: 'uploading', download_url: null });
    arrives();
    await charger.call(...tells16('Uploaded'));
    await settle(ctx);
    expect(await theLog(ctx)).toMatchObject({
      status: 'uploaded',
      size_bytes: 482_113,
      download_expires_at: new Date(ctx.now().getTime() + 900_000).toISOString(),
    });
    expect((await theLog(ctx)).download_url).toMatch(/\/diagnostics\/get\..*\/CP-1_log\.zip$/);
    expect(logEvents(ctx)).toEqual(['diagnostics.completed']);
    expect(await findCommand(ctx, command.id)).toMatchObject({
      status: 'completed',
      result: { outcome: 'uploaded', data: { file_name: 'CP-1_log.zip' } },
    });
  });

  // Gotcha 40.
  test('are done once, however often and in what order it is told', async () => {
    const { ctx, charger, arrives } = await aLogRequest();
    await charger.reply(charger.lastAsked(), {});
    arrives();
    for (const status of ['Uploaded', 'Uploading', 'Uploaded', 'UploadFailed', 'Idle'])
      await charger.call(...tells16(status));
    await settle(ctx);
    for (const status of ['Uploading', 'UploadFailed']) await charger.call(...tells16(status));
    await settle(ctx);
    expect((await theLog(ctx)).status).toBe('uploaded');
    expect(logEvents(ctx).at(-1)).toBe('diagnostics.completed');
  });

  test('have failed where the file is not there after all, within minutes', async () => {
    const { ctx, charger, command } = await aLogRequest();
    await charger.reply(charger.lastAsked(), {});
    await charger.call(...tells16('Uploaded'));
    await settle(ctx);
    expect((await theLog(ctx)).status).toBe('uploading');
    for (const wait of [60_000, 300_000]) {
      ctx.tick(wait);
      await settle(ctx);
    }
    expect(await theLog(ctx)).toMatchObject({ status: 'failed', failure_reason: 'not_received' });
    expect(logEvents(ctx)).toEqual(['diagnostics.failed']);
    expect(await findCommand(ctx, command.id)).toMatchObject({ status: 'failed' });
  });

  test('are done where the file comes a moment after the word', async () => {
    const { ctx, charger, arrives } = await aLogRequest();
    await charger.reply(charger.lastAsked(), {});
    await charger.call(...tells16('Uploaded'));
    await settle(ctx);
    arrives();
    ctx.tick(60_000);
    await settle(ctx);
    expect((await theLog(ctx)).status).toBe('uploaded');
    expect(logEvents(ctx)).toEqual(['diagnostics.completed']);
  });

  test('are done where only the word is missing, and failed where both are', async () => {
    for (const [comes, status, reason] of [
      [true, 'uploaded', null],
      [false, 'failed', 'silent'],
    ] as const) {
      const { ctx, charger, arrives } = await aLogRequest();
      await charger.reply(charger.lastAsked(), {});
      await settle(ctx);
      if (comes) arrives();
      ctx.tick(2 * HOUR);
      await settle(ctx);
      expect(await theLog(ctx)).toMatchObject({ status, failure_reason: reason });
    }
  });

  test('that failed are done when the charger tries again and the file is there', async () => {
    const { ctx, charger, arrives } = await aLogRequest();
    await charger.reply(charger.lastAsked(), {});
    await charger.call(...tells16('UploadFailed'));
    await settle(ctx);
    expect(await theLog(ctx)).toMatchObject({ status: 'failed', failure_reason: 'upload_failed' });
    await charger.call(...tells16('Uploaded'));
    await settle(ctx);
    expect((await theLog(ctx)).status).toBe('failed');
    arrives();
    await charger.call(...tells16('Uploaded'));
    await settle(ctx);
    expect(await theLog(ctx)).toMatchObject({ status: 'uploaded', failure_reason: null });
  });

  test('go elsewhere where the charger speaks FTP alone, on its word', async () => {
    const upload_url = 'ftp://logs:secret@ftp.example.com/in/';
    const { ctx, charger } = await aLogRequest({}, { upload_url });
    expect(charger.lastAsked().payload['location']).toBe(upload_url);
    await charger.reply(charger.lastAsked(), { fileName: 'a.log' });
    await charger.call(...tells16('Uploaded'));
    await settle(ctx);
    expect(await theLog(ctx)).toMatchObject({
      status: 'uploaded',
      file_name: 'a.log',
      download_url: null,
    });
  });

  test('are asked of one request at a time: the older gives way', async () => {
    const { ctx, charger, command } = await aLogRequest();
    await charger.reply(charger.lastAsked(), {});
    const second = await requestDiagnostics(ctx, 'CP-1', NewDiagnostics.parse({}));
    // The failure of the first, told when the second has not been agreed to.
    await charger.call(...tells16('UploadFailed'));
    await settle(ctx);
    expect(await theLog(ctx)).toMatchObject({ id: second.diagnostics_id, status: 'requested' });
    expect(await findCommand(ctx, command.id)).toMatchObject({ status: 'canceled' });
    expect(logEvents(ctx)).toEqual([]);
  });
});

describe('a log by its number', () => {
  test.each(['ocpp1.6', 'ocpp2.0.1'] as const)('is the security log in %s', async (version) => {
    const { ctx, charger, arrives } = await aLogRequest({ version }, { kind: 'security' });
    const { id, action, payload } = charger.lastAsked();
    expect(action).toBe('GetLog');
    expect(payload).toMatchObject({ logType: 'SecurityLog' });
    await charger.reply({ id }, { status: 'Accepted', filename: 'security.log' });
    const { requestId } = payload;
    const tell = (status: string, more: object = { requestId }) =>
      charger.call('LogStatusNotification', { status, ...more });
    await tell('Uploading');
    await tell('UploadFailure', { requestId: 4711 });
    expect(await theLog(ctx)).toMatchObject({ status: 'uploading', file_name: 'security.log' });
    arrives(12);
    await tell('Uploaded', {});
    await settle(ctx);
    expect(await theLog(ctx)).toMatchObject({ status: 'uploaded', size_bytes: 12 });
  });

  test.each([
    ['UploadFailure', 'upload_failed'],
    ['PermissionDenied', 'permission_denied'],
    ['NotSupportedOperation', 'not_supported'],
    ['BadMessage', 'bad_message'],
  ])('has failed when the charger tells %s', async (status, failure_reason) => {
    const { ctx, charger } = await aLogRequest({ version: 'ocpp2.0.1' });
    const { payload, id } = charger.lastAsked();
    await charger.reply({ id });
    await charger.call('LogStatusNotification', { status, requestId: payload['requestId'] });
    expect(await theLog(ctx)).toMatchObject({ status: 'failed', failure_reason });
  });

  test('has failed when the charger will not', async () => {
    const { ctx, charger } = await aLogRequest({ version: 'ocpp2.0.1' });
    await charger.reply(charger.lastAsked(), { status: 'Rejected' });
    await settle(ctx);
    expect(await theLog(ctx)).toMatchObject({ status: 'failed', failure_reason: 'rejected' });
    expect(logEvents(ctx)).toEqual(['diagnostics.failed']);
  });
});

describe('what a charger cannot do', () => {
  test('is said beforehand: a security log without the security extension', async () => {
    const { ctx } = await aPricedPeer();
    await learnAbilities(ctx, 'CP-1', { security_log: false });
    const asked = NewDiagnostics.parse({ kind: 'security' });
    await expect(requestDiagnostics(ctx, 'CP-1', asked)).rejects.toMatchObject({
      code: 'capability_not_supported',
    });
  });

  test('is done otherwise where it can be: diagnostics by GetLog without GetDiagnostics', async () => {
    const { ctx, charger } = await aPricedPeer();
    await learnAbilities(ctx, 'CP-1', { diagnostics: false });
    await requestDiagnostics(ctx, 'CP-1', NewDiagnostics.parse({}));
    expect(charger.lastAsked()).toMatchObject({
      action: 'GetLog',
      payload: { logType: 'DiagnosticsLog' },
    });
  });
});
