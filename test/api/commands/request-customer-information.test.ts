import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint } from '#functions/api/commands/request-customer-information.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPricedPeer, MINUTE } from '#test/support/ocpp-site.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const ask = (ctx: TestContext, body: object) =>
  call(ctx, endpoint, { params: { charger_id: 'CP-1' }, body });
const generatedAt = '2026-06-01T12:00:00Z';

async function asked(body: object = { action: 'report', customer_identifier: 'Asha' }) {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  const { body: queued } = await ask(ctx, body);
  const part = (seqNo: number, data: string, tbc?: boolean) =>
    charger.call('NotifyCustomerInformation', {
      requestId: 1,
      seqNo,
      data,
      generatedAt,
      ...(tbc ? { tbc } : {}),
    });
  const now = async () =>
    (await call(ctx, getCommand, { params: { command_id: queued['id'] } })).body;
  return { ctx, charger, part, now };
}

describe('what a charger keeps of a customer', () => {
  test.each([[[0, 1, 2]], [[2, 0, 1]], [[1, 1, 2, 0, 0]]])(
    'is put together from parts that come as %j',
    async (order) => {
      const { charger, part, now } = await asked();
      await charger.reply(charger.lastAsked());
      expect(await now()).toMatchObject({ status: 'accepted' });
      for (const seq of order) await part(seq, `<${seq}>`, seq < 2);
      expect(await now()).toMatchObject({
        status: 'completed',
        result: { data: { information: '<0><1><2>' } },
      });
    },
  );

  test('is in no event, and in no list of commands', async () => {
    const { ctx, charger, part, now } = await asked();
    await charger.reply(charger.lastAsked());
    await part(0, 'Asha lives at the lake.');
    expect(JSON.stringify(await now())).toContain('lake');
    expect(JSON.stringify(recordedEvents(ctx))).not.toContain('lake');
  });

  test('ends without a result where the report never comes', async () => {
    const { ctx, charger, part, now } = await asked();
    await charger.reply(charger.lastAsked());
    await part(1, 'the end');
    ctx.tick(5 * MINUTE);
    await settle(ctx);
    expect(await now()).toMatchObject({ status: 'timed_out', result: { outcome: 'no_follow_up' } });
    await part(0, 'too late', true);
    expect(await now()).toMatchObject({ status: 'timed_out' });
  });

  test('is not kept where nobody asked', async () => {
    const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
    const report = { requestId: 77, seqNo: 0, data: 'secret', generatedAt };
    expect(await charger.call('NotifyCustomerInformation', report)).toEqual({});
    const { items } = await ctx.table.query({ pk: 'demo#CHG#CP-1', beginsWith: 'CUSTOMER#' });
    expect(items).toEqual([]);
  });

  test.each([
    ['Invalid', 'unknown_customer'],
    ['Rejected', 'rejected'],
  ])('is refused with %s', async (status, outcome) => {
    const { charger, now } = await asked();
    await charger.reply(charger.lastAsked(), { status });
    expect(await now()).toMatchObject({ status: 'rejected', result: { outcome } });
  });
});

test('what is to be erased without a report is done when the charger agrees', async () => {
  const { charger, now } = await asked({ action: 'erase', customer_identifier: 'Asha' });
  await charger.reply(charger.lastAsked());
  expect(await now()).toMatchObject({ status: 'completed', result: { outcome: 'erased' } });
});

test.each([
  [
    { action: 'erase', token: { uid: '04A2B3C4D5' } },
    { clear: true, report: false, idToken: { idToken: '04A2B3C4D5', type: 'ISO14443' } },
  ],
  [
    { action: 'report_and_erase', token: { uid: 'IN-MGM-C1', type: 'emaid' } },
    { clear: true, report: true, idToken: { idToken: 'IN-MGM-C1', type: 'eMAID' } },
  ],
  [
    {
      action: 'report',
      certificate: {
        hash_algorithm: 'SHA256',
        issuer_name_hash: 'aa',
        issuer_key_hash: 'bb',
        serial_number: '01',
      },
    },
    {
      clear: false,
      report: true,
      customerCertificate: {
        hashAlgorithm: 'SHA256',
        issuerNameHash: 'aa',
        issuerKeyHash: 'bb',
        serialNumber: '01',
      },
    },
  ],
])('%j is said as it should be', async (body, payload) => {
  const { charger } = await asked(body);
  expect(charger.lastAsked().payload).toEqual({ requestId: 1, ...payload });
});

test.each([
  { action: 'report' },
  { action: 'report', customer_identifier: 'A', token: { uid: 'B' } },
  { action: 'look', customer_identifier: 'A' },
  { action: 'report', customer_identifier: 'x'.repeat(65) },
])('%j is refused', async (body) => {
  const { ctx } = await aPricedPeer({ version: 'ocpp2.0.1' });
  expect(await ask(ctx, body)).toMatchObject({ status: 422 });
});
