import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as getConfiguration } from '#functions/api/configuration/get-charger-configuration.ts';
import { endpoint as refreshConfiguration } from '#functions/api/configuration/refresh-charger-configuration.ts';
import { endpoint } from '#functions/api/configuration/set-charger-monitors.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

const params = { charger_id: 'CP-1' };
const put = async (ctx: TestContext, body: object) =>
  (await call(ctx, endpoint, { params, body })).body;
const read = async (ctx: TestContext, id: unknown) =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;
const known = async (ctx: TestContext) => (await call(ctx, getConfiguration, { params })).body;

const hot = (value = 70) => ({
  component: 'ChargingStation',
  name: 'Temperature',
  type: 'upper_threshold',
  value,
  severity: 2,
});
const silent = {
  component: 'EVSE',
  evse_id: 1,
  name: 'Power',
  type: 'delta',
  value: 5,
  severity: 8,
};
const hotPlace = { component: { name: 'ChargingStation' }, variable: { name: 'Temperature' } };
const silentPlace = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };
const hotSet = { ...hotPlace, type: 'UpperThreshold', severity: 2 };
const silentSet = { ...silentPlace, type: 'Delta', severity: 8 };

const peer = (ctx: TestContext) => aPeer(ctx, { version: 'ocpp2.0.1' });
const answer = (charger: OcppPeer, payload?: object) => charger.reply(charger.lastAsked(), payload);

/** A charger with both monitors set over the API, as 11 and 12. */
async function withTwo(ctx: TestContext) {
  const charger = await peer(ctx);
  await put(ctx, { monitors: [hot(), silent] });
  await answer(charger, {
    setMonitoringResult: [
      { ...silentSet, id: 12, status: 'Accepted' },
      { ...hotSet, id: 11, status: 'Accepted' },
    ],
  });
  return charger;
}

describe('setChargerMonitors', () => {
  test('sets base, level and monitors as one command, with a result for each', async () => {
    const ctx = testContext();
    const charger = await peer(ctx);
    const { id } = await put(ctx, { base: 'all', level: 5, monitors: [hot(), silent] });
    expect(charger.lastAsked()).toMatchObject({
      action: 'SetMonitoringBase',
      payload: { monitoringBase: 'All' },
    });
    await answer(charger);
    expect(charger.lastAsked()).toMatchObject({
      action: 'SetMonitoringLevel',
      payload: { severity: 5 },
    });
    await answer(charger, { status: 'Rejected' });
    expect(charger.lastAsked()).toMatchObject({ action: 'SetVariableMonitoring' });
    expect(charger.lastAsked().payload['setMonitoringData']).toEqual([
      { ...hotSet, value: 70, transaction: false },
      { ...silentSet, value: 5, transaction: false },
    ]);
    await answer(charger, {
      setMonitoringResult: [
        { ...hotSet, id: 11, status: 'Accepted' },
        { ...silentSet, status: 'UnsupportedMonitorType' },
      ],
    });
    expect(await read(ctx, id)).toMatchObject({
      type: 'set_monitors',
      status: 'completed',
      result: {
        outcome: 'partly_accepted',
        data: {
          base: 'accepted',
          level: 'rejected',
          cleared: [],
          monitors: [
            { name: 'Temperature', id: 11, outcome: 'accepted' },
            { name: 'Power', id: null, outcome: 'not_supported' },
          ],
        },
      },
    });
    expect(await known(ctx)).toMatchObject({
      monitors: [{ id: 11, name: 'Temperature', source: 'platform', value: 70 }],
      monitoring_base: 'all',
      monitoring_level: null,
    });
  });

  test('touches only what is not as it should be', async () => {
    const ctx = testContext();
    const charger = await withTwo(ctx);
    const { id } = await put(ctx, { monitors: [hot(80)] });
    expect(charger.lastAsked()).toMatchObject({
      action: 'ClearVariableMonitoring',
      payload: { id: [12] },
    });
    await answer(charger, { clearMonitoringResult: [{ id: 12, status: 'NotFound' }] });
    expect(charger.lastAsked().payload).toEqual({
      setMonitoringData: [{ ...hotSet, id: 11, value: 80, transaction: false }],
    });
    await answer(charger, { setMonitoringResult: [{ ...hotSet, id: 11, status: 'Accepted' }] });
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { outcome: 'accepted', data: { cleared: [{ id: 12, outcome: 'accepted' }] } },
    });
    expect(await known(ctx)).toMatchObject({ monitors: [{ id: 11, value: 80 }] });
  });

  test('asks whether all is there where there is nothing to change, and sets what got lost', async () => {
    const ctx = testContext();
    const charger = await withTwo(ctx);
    ctx.tick(1000);
    const { id } = await put(ctx, { monitors: [hot(), silent] });
    expect(charger.lastAsked()).toMatchObject({ action: 'GetMonitoringReport' });
    await answer(charger, { status: 'EmptyResultSet' });
    expect(await known(ctx)).toMatchObject({ monitors: [] });
    expect(charger.lastAsked()).toMatchObject({ action: 'SetVariableMonitoring' });
    await answer(charger, {
      setMonitoringResult: [
        { ...hotSet, id: 1, status: 'Accepted' },
        { ...silentSet, id: 2, status: 'Duplicate' },
      ],
    });
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { data: { monitors: [{ id: 1, outcome: 'accepted' }, { outcome: 'duplicate' }] } },
    });
  });

  test('forgets what a factory base clears, and clears others when told to', async () => {
    const ctx = testContext();
    const charger = await withTwo(ctx);
    const { id } = await put(ctx, { base: 'factory_default', clear_others: true, monitors: [] });
    await answer(charger);
    expect(await known(ctx)).toMatchObject({ monitors: [], monitoring_base: 'factory_default' });
    const asked = charger.lastAsked();
    expect(asked).toMatchObject({ action: 'GetMonitoringReport' });
    await answer(charger);
    await charger.call('NotifyMonitoringReport', report(asked.payload['requestId'], 0, 3));
    await settle(ctx);
    expect(charger.lastAsked()).toMatchObject({
      action: 'ClearVariableMonitoring',
      payload: { id: [3] },
    });
    await answer(charger, { clearMonitoringResult: [{ id: 3, status: 'Rejected' }] });
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { outcome: 'partly_accepted', data: { cleared: [{ id: 3, outcome: 'rejected' }] } },
    });
  });

  test('is refused by a charger that keeps none, and for two alike', async () => {
    const ctx = testContext();
    await aPeer(ctx);
    const refused = await call(ctx, endpoint, { params, body: { monitors: [hot()] } });
    expect(refused).toMatchObject({ status: 409, body: { code: 'capability_not_supported' } });
    const other = testContext();
    await peer(other);
    const twice = await call(other, endpoint, { params, body: { monitors: [hot(), hot(9)] } });
    expect(twice).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'monitors.1', code: 'duplicate' }] },
    });
    const away = { params, body: { monitors: [] } };
    expect(await call(other.as({ tenantId: 'other' }), endpoint, away)).toMatchObject({
      status: 404,
    });
  });
});

const report = (requestId: unknown, seqNo: number, id: number, more: object = {}) => ({
  requestId,
  seqNo,
  generatedAt: '2026-06-01T04:30:00Z',
  monitor: [
    {
      ...hotPlace,
      variableMonitoring: [
        { id, type: 'UpperThreshold', value: 70, severity: 2, transaction: false },
      ],
    },
  ],
  ...more,
});

describe('a report of monitors', () => {
  test('says which there are, and, when it is whole, which are gone', async () => {
    const ctx = testContext();
    const charger = await withTwo(ctx);
    ctx.tick(1000);
    const asked = await call(ctx, refreshConfiguration, {
      params,
      body: { what: 'items', monitors: true },
    });
    const { requestId } = charger.lastAsked().payload;
    await answer(charger);
    await charger.call('NotifyMonitoringReport', report(requestId, 1, 7));
    expect(await known(ctx)).toMatchObject({ monitors: [{ id: 7 }, { id: 11 }, { id: 12 }] });
    for (const _ of [1, 2])
      await charger.call('NotifyMonitoringReport', report(requestId, 0, 11, { tbc: true }));
    await settle(ctx);
    expect(await known(ctx)).toMatchObject({
      monitors: [
        { id: 7, source: 'charger' },
        { id: 11, source: 'platform' },
      ],
    });
    expect(await read(ctx, asked.body['id'])).toMatchObject({
      status: 'completed',
      result: { data: { parts: 2 } },
    });
  });

  test('may tell of severities there are not, and of far EVSEs', async () => {
    const ctx = testContext();
    const charger = await peer(ctx);
    const limit = { id: 5, type: 'Delta', value: 0, severity: 99, transaction: true };
    const component = { name: 'EVSE', evse: { id: 70_000 } };
    const monitor = [{ ...hotPlace, component, variableMonitoring: [limit] }];
    await charger.call('NotifyMonitoringReport', report(99, 0, 7, { monitor }));
    expect(await known(ctx)).toMatchObject({ monitors: [{ severity: 99, evse_id: 70_000 }] });
  });

  test('is kept though nobody asked for it, and takes nothing away', async () => {
    const ctx = testContext();
    const charger = await withTwo(ctx);
    ctx.tick(1000);
    await charger.call('NotifyMonitoringReport', report(99, 0, 7));
    expect(await known(ctx)).toMatchObject({ monitors: [{ id: 7 }, { id: 11 }, { id: 12 }] });
  });
});
