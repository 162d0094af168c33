import { describe, expect, test } from 'vitest';
import { endpoint } from '#functions/api/configuration/set-charger-monitors.ts';
import { call } from '#test/support/call.ts';
import { known, params, read } from '#test/support/configured.ts';
import { testContext } from '#test/support/context.ts';
import {
  answer,
  hot,
  hotSet,
  peer,
  put,
  report,
  silent,
  silentSet,
  withTwo,
} from '#test/support/monitored.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

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
