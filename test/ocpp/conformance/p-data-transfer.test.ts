import { expect, test } from 'vitest';
import { theSession } from '#test/support/ocpp-site.ts';
import { aStation, VALID } from '#test/support/station-201.ts';

test('TC_P_02_CSMS: a vendor nobody knows is told so', async () => {
  const { peer } = await aStation();
  const message = { vendorId: 'com.example', messageId: 'Hello' };
  expect(await peer.call('DataTransfer', message)).toEqual({ status: 'UnknownVendorId' });
});

test('TC_P_03_CSMS: custom data is no reason to refuse', async () => {
  const station = await aStation();
  const customData = { vendorId: 'com.example', anything: [1, { deep: true }] };
  const status = {
    timestamp: station.ctx.now().toISOString(),
    connectorStatus: 'Occupied',
    evseId: 1,
    connectorId: 1,
    customData,
  };
  expect(await station.peer.call('StatusNotification', status)).toEqual({});
  const told = { trigger: 'Authorized', token: VALID, info: { customData }, more: { customData } };
  await station.event('Started', told);
  expect(await theSession(station.ctx)).toMatchObject({ status: 'charging' });
});
