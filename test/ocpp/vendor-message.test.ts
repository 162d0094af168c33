import { expect, test } from 'vitest';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const versions = ['ocpp1.6', 'ocpp2.0.1'] as const;

test.each(versions)(
  '%s: a vendor nobody handles is unknown, and still passed on',
  async (version) => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version });
    const message = { vendorId: 'com.example', messageId: 'Door', data: 'open' };
    expect(await charger.call('DataTransfer', message)).toEqual({ status: 'UnknownVendorId' });
    const event = recordedEvents(ctx).find((e) => e.type === 'charger.data_transfer_received');
    expect(event?.object).toMatchObject({
      charger_id: 'CP-1',
      vendor_id: 'com.example',
      message_id: 'Door',
      data: 'open',
    });
  },
);

test('whatever JSON a charger sends is passed on as its text', async () => {
  const ctx = testContext();
  const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
  await charger.call('DataTransfer', { vendorId: 'com.example', data: { most: 1e126 } });
  const event = recordedEvents(ctx).find((e) => e.type === 'charger.data_transfer_received');
  expect(event?.object).toMatchObject({ data: '{"most":1e+126}' });
});

test.each(versions)('%s: a vendor somebody handles is accepted', async (version) => {
  const ctx = testContext({ organization: { data_transfer_vendors: ['com.example'] } });
  const charger = await aPeer(ctx, { version });
  expect(await charger.call('DataTransfer', { vendorId: 'com.example' })).toEqual({
    status: 'Accepted',
  });
});
