import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as customerInformation } from '#functions/api/commands/request-customer-information.ts';
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
