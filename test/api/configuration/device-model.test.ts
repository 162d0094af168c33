import { describe, expect, test } from 'vitest';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { configuredNumber } from '#shared/configuration/configured-value.ts';
import { known, part, read, refresh, reporting, tell, variable } from '#test/support/configured.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';

describe('the device model of an OCPP 2.0.1 charger', () => {
  test('keeps all that is told of a variable, each at its place', async () => {
    const { ctx, charger, requestId } = await reporting();
    const evse = { name: 'EVSE', instance: 'i', evse: { id: 1, connectorId: 2 } };
    const told = {
      component: evse,
      variable: { name: 'Power', instance: 'L1' },
      variableAttribute: [
        { value: '11', mutability: 'ReadOnly' },
        { type: 'Target', value: '22' },
        { type: 'MinSet', value: '1' },
        { type: 'MaxSet', value: '32' },
      ],
      variableCharacteristics: {
        dataType: 'OptionList',
        unit: 'kW',
        minLimit: 0,
        maxLimit: 50,
        valuesList: '11, 22',
        supportsMonitoring: true,
      },
    };
    const other = { ...told, component: { name: 'EVSE', evse: { id: 2 } } };
    await tell(charger, part(requestId, 0, true, told, other));
    expect(await known(ctx, { component: 'evse' })).toMatchObject({
      configuration: [
        { evse_id: 2, evse_connector_id: null },
        {
          component_instance: 'i',
          evse_id: 1,
          evse_connector_id: 2,
          instance: 'L1',
          value: '11',
          target: '22',
          min_set: '1',
          max_set: '32',
          readonly: true,
          data_type: 'option_list',
          unit: 'kW',
          min_limit: 0,
          max_limit: 50,
          values_list: ['11', '22'],
          supports_monitoring: true,
        },
      ],
      total: 2,
    });
    expect(await known(ctx, { component: 'EV' })).toMatchObject({ total: 0 });
  });

  test('tells of what changed since, and only of that', async () => {
    const { ctx, charger, requestId } = await reporting();
    const before = part(requestId, 0, true, variable('A', 'X', '1'), variable('A', 'Y', '1'));
    await tell(charger, before);
    const since = new Date(ctx.now().getTime() + 1).toISOString();
    ctx.tick(60_000);
    const after = part(requestId, 0, true, variable('A', 'X', '1'), variable('A', 'Y', '2'));
    await tell(charger, after);
    const changed = recordedEvents(ctx).filter(({ type }) => type.endsWith('_changed'));
    expect(changed).toMatchObject([
      { object: { source: 'charger', changes: [{ name: 'Y', value: '2', previous: '1' }] } },
    ]);
    expect(await known(ctx, { changed_since: since })).toMatchObject({
      configuration: [{ name: 'Y' }],
      total: 1,
    });
  });

  // lbbrhzn#2035: a controller that does not say whether it is available may well be.
  test('teaches what the charger can do, where it says so', async () => {
    const { ctx, charger, requestId } = await reporting();
    const data = [
      variable('ReservationCtrlr', 'Available', 'false'),
      variable('DisplayMessageCtrlr', 'Available', 'true'),
      variable('ISO15118Ctrlr', 'Available', 'true'),
      variable('MonitoringCtrlr', 'Enabled', 'false'),
      variable('SmartChargingCtrlr', 'Available', ''),
    ];
    await tell(charger, part(requestId, 0, true, ...data));
    expect(capabilitiesOf(await getCharger(ctx, 'CP-1'))).toMatchObject({
      reservation: false,
      display: true,
      plug_and_charge: true,
      monitors: true,
      smart_charging: true,
      local_list: true,
    });
  });

  test('of 1,200 variables costs some tens of rows, not a thousand', async () => {
    const { ctx, charger, requestId } = await reporting();
    // 60 components of 20 variables, 25 variables a part: 48 parts.
    const all = Array.from({ length: 1200 }, (_, n) =>
      variable(`Component${Math.floor(n / 20)}`, `Variable${n % 20}`, `${n}`),
    );
    for (let n = 0; n < 48; n += 1)
      await tell(charger, part(requestId, n, n === 47, ...all.slice(n * 25, (n + 1) * 25)));
    const { items } = await ctx.table.query({ pk: 'demo#CFG#CP-1', beginsWith: 'V#' });
    expect(items).toHaveLength(60);
    expect(Math.max(...items.map((item) => JSON.stringify(item).length))).toBeLessThan(6000);
    expect(await known(ctx)).toMatchObject({ total: 1200 });
    const wanted = { component: 'component59', variable: 'variable19' };
    expect(await configuredNumber(ctx, 'CP-1', wanted)).toBe(1199);
  });

  test('of a charger without end is cut short, not stored for ever', async () => {
    const { ctx, charger, requestId } = await reporting();
    const huge = Array.from({ length: 200 }, (_, n) => variable('Huge', `V${n}`, 'x'.repeat(2500)));
    for (let n = 0; n < 200; n += 40)
      await tell(charger, part(requestId, n, false, ...huge.slice(n, n + 40)));
    const { total } = await known(ctx, { component: 'Huge', limit: 1 });
    expect(total).toBe(80);
    expect(ctx.logs.some(({ message }) => message.includes('left out'))).toBe(true);
  });
});

describe('a refresh of an OCPP 2.0.1 charger', () => {
  test('asks for named variables by name, for components and states by a report', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
    const { id } = await refresh(ctx, {
      items: [{ component: 'A', name: 'X' }, { component: 'B', name: 'Y' }, { component: 'C' }],
      criteria: ['problem'],
    });
    const a = { component: { name: 'A' }, variable: { name: 'X' } };
    const b = { component: { name: 'B' }, variable: { name: 'Y' } };
    expect(charger.lastAsked().payload).toEqual({ getVariableData: [a, b] });
    await charger.reply(charger.lastAsked(), {
      getVariableResult: [
        { ...b, attributeStatus: 'UnknownVariable' },
        { ...a, attributeStatus: 'Accepted', attributeValue: '7' },
      ],
    });
    const asked = charger.lastAsked();
    expect(asked).toMatchObject({
      action: 'GetReport',
      payload: {
        componentVariable: [{ component: { name: 'C' } }],
        componentCriteria: ['Problem'],
      },
    });
    await charger.reply(asked, { status: 'EmptyResultSet' });
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: {
        data: { read: 1, parts: 0, refused: [{ component: 'B', name: 'Y', outcome: 'unknown' }] },
      },
    });
    expect(await known(ctx)).toMatchObject({ configuration: [{ name: 'X', value: '7' }] });
  });

  test('is rejected where the charger gives no such report', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
    const { id } = await refresh(ctx, { what: 'summary' });
    expect(charger.lastAsked().payload).toMatchObject({ reportBase: 'SummaryInventory' });
    await charger.reply(charger.lastAsked(), { status: 'NotSupported' });
    expect(await read(ctx, id)).toMatchObject({
      status: 'rejected',
      result: { outcome: 'not_supported' },
    });
  });
});
