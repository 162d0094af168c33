import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as customerInformation } from '#functions/api/commands/request-customer-information.ts';
import { endpoint as requestDiagnostics } from '#functions/api/diagnostics/request-diagnostics.ts';
import { call } from '#test/support/call.ts';
import { aStation, type Station } from '#test/support/station-201.ts';

describe('what a station keeps of a customer', () => {
  async function asked(station: Station, body: object) {
    const params = { charger_id: 'CP-1' };
    const { body: queued } = await call(station.ctx, customerInformation, { params, body });
    const asked = await station.asked('CustomerInformation');
    const command = async () =>
      (await call(station.ctx, getCommand, { params: { command_id: queued['id'] } })).body;
    const report = (data: string) =>
      station.peer.call('NotifyCustomerInformation', {
        requestId: Number(asked.payload['requestId']),
        seqNo: 0,
        data,
        generatedAt: station.ctx.now().toISOString(),
      });
    return { asked, command, report };
  }
  const token = { uid: 'VALID-TOKEN', type: 'app' };
  const idToken = { idToken: 'VALID-TOKEN', type: 'Central' };
  const REPORT = { action: 'report', token };
  const BOTH = { action: 'report_and_erase', token };

  test.each([
    ['TC_N_27_CSMS: is told', REPORT, { report: true, clear: false, idToken }, 'A card'],
    ['TC_N_28_CSMS: is nothing', REPORT, { report: true, clear: false, idToken }, ''],
    ['TC_N_30_CSMS: is told and erased', BOTH, { report: true, clear: true, idToken }, 'A card'],
    ['TC_N_31_CSMS: is nothing to erase', BOTH, { report: true, clear: true, idToken }, ''],
    [
      'TC_N_62_CSMS: is told and erased by a name',
      { action: 'report_and_erase', customer_identifier: 'OpenChargeAlliance' },
      { report: true, clear: true, customerIdentifier: 'OpenChargeAlliance' },
      'A name',
    ],
  ])('%s', async (_, body, said, data) => {
    const station = await aStation();
    const { asked: question, command, report } = await asked(station, body);
    expect(question.payload).toMatchObject(said);
    await station.reply(question);
    expect(await report(data)).toEqual({});
    expect(await command()).toMatchObject({
      status: 'completed',
      result: { data: { information: data } },
    });
  });

  test('TC_N_29_CSMS: is not told', async () => {
    const station = await aStation();
    const { asked: question, command } = await asked(station, REPORT);
    await station.reply(question, { status: 'Rejected' });
    expect(await command()).toMatchObject({ status: 'rejected' });
  });

  test('TC_N_32_CSMS: is erased, and nothing told', async () => {
    const station = await aStation();
    const { asked: question, command } = await asked(station, { action: 'erase', token });
    expect(question.payload).toMatchObject({ report: false, clear: true, idToken });
    await station.reply(question);
    expect(await command()).toMatchObject({ status: 'completed', result: { outcome: 'erased' } });
  });
});

describe('a log', () => {
  async function asked(station: Station, kind: string, status = 'Accepted') {
    const params = { charger_id: 'CP-1' };
    const { body } = await call(station.ctx, requestDiagnostics, { params, body: { kind } });
    const question = await station.asked('GetLog');
    await station.reply(question, { status });
    const { requestId, logType } = question.payload;
    const tell = async (...statuses: readonly string[]) => {
      for (const one of statuses) {
        const told = { status: one, requestId };
        expect(await station.peer.call('LogStatusNotification', told)).toEqual({});
      }
    };
    const command = async () =>
      (await call(station.ctx, getCommand, { params: { command_id: body['id'] } })).body;
    return { logType, tell, command };
  }

  test.each([
    ['TC_N_25_CSMS: of diagnostics is uploaded', 'diagnostics', 'DiagnosticsLog'],
    ['TC_N_35_CSMS: of security is uploaded', 'security', 'SecurityLog'],
  ])('%s', async (_, kind, type) => {
    const station = await aStation();
    const { logType, tell, command } = await asked(station, kind);
    expect(logType).toBe(type);
    await tell('Uploading');
    expect(await command()).toMatchObject({ status: 'accepted' });
    await tell('Uploaded');
  });

  test('TC_N_34_CSMS: is refused', async () => {
    const station = await aStation();
    const { command } = await asked(station, 'diagnostics', 'Rejected');
    expect(await command()).toMatchObject({ status: 'rejected' });
  });

  test('TC_N_36_CSMS: gives way to the next', async () => {
    const station = await aStation();
    const first = await asked(station, 'diagnostics');
    await first.tell('Uploading');
    const second = await asked(station, 'diagnostics', 'AcceptedCanceled');
    await first.tell('AcceptedCanceled');
    await second.tell('Uploading', 'Uploaded');
    expect(await first.command()).toMatchObject({ status: 'canceled' });
  });
});
