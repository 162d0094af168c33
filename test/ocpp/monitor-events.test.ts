import { describe, expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { findMonitor } from '#shared/configuration/monitor.ts';
import { storeMonitors } from '#shared/configuration/store-monitors.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const event = (more: object = {}) => ({
  eventId: 1,
  timestamp: '2026-06-01T04:29:00+00:00',
  trigger: 'Alerting',
  actualValue: '78.5',
  component: { name: 'ChargingStation' },
  variable: { name: 'Temperature' },
  eventNotificationType: 'CustomMonitor',
  variableMonitoringId: 12,
  ...more,
});
const tell = (charger: OcppPeer, ...eventData: object[]) =>
  charger.call('NotifyEvent', { generatedAt: '2026-06-01T04:30:00Z', seqNo: 0, eventData });
const triggered = (ctx: TestContext) =>
  recordedEvents(ctx).filter(({ type }) => type === 'charger.monitor_triggered');

/** A charger with two EVSEs of one connector, both free. */
async function aCharger() {
  const ctx = testContext();
  const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
  for (const evseId of [1, 2])
    await charger.call('StatusNotification', {
      evseId,
      connectorId: 1,
      connectorStatus: 'Available',
      timestamp: '2026-06-01T04:00:00Z',
    });
  return { ctx, charger };
}
const statuses = async (ctx: TestContext) =>
  (await getChargerView(ctx, 'CP-1')).connectors.map(({ status }) => status);

const problem = (component: object, actualValue: string, more: object = {}) =>
  event({ component, variable: { name: 'Problem' }, actualValue, ...more });

describe('an event of a charger', () => {
  test('is told once in neutral words, however often the charger says it', async () => {
    const { ctx, charger } = await aCharger();
    const spec = { name: 'Temperature', component: 'ChargingStation', component_instance: null };
    const place = { instance: null, evse_id: null, evse_connector_id: null };
    const limit = {
      type: 'upper_threshold',
      value: 70,
      severity: 2,
      transaction_only: false,
    } as const;
    await storeMonitors(ctx, 'CP-1', [{ ...spec, ...place, ...limit, id: 12 }]);
    const told = event({ techCode: 'T1', techInfo: 'Fan', cause: 4 });
    for (const _ of [1, 2]) await tell(charger, told);
    expect(triggered(ctx)).toHaveLength(1);
    expect(triggered(ctx)[0]?.object).toMatchObject({
      charger_id: 'CP-1',
      connector: null,
      component: 'ChargingStation',
      name: 'Temperature',
      value: '78.5',
      trigger: 'alerting',
      cleared: false,
      monitor_id: 12,
      monitor_kind: 'custom',
      severity: 2,
      event_number: 1,
      caused_by: 4,
      tech_code: 'T1',
      occurred_at: '2026-06-01T04:29:00.000Z',
    });
    expect(await findMonitor(ctx, 'CP-1', 12)).toMatchObject({
      last_triggered_at: '2026-06-01T04:29:00.000Z',
    });
  });

  test('is another one when the charger counts from one again, and when it is cleared', async () => {
    const { ctx, charger } = await aCharger();
    await tell(charger, event(), event({ eventId: 2, cleared: true, actualValue: '40' }));
    await tell(charger, event({ timestamp: '2026-06-01T04:29:30Z' }));
    expect(triggered(ctx).map(({ object }) => object)).toMatchObject([
      { cleared: false },
      { cleared: true, value: '40' },
      { event_number: 1 },
    ]);
  });

  test('names the connector it is about', async () => {
    const { ctx, charger } = await aCharger();
    const of = (evse: object) => event({ component: { name: 'CableLock', evse } });
    await tell(charger, of({ id: 2, connectorId: 1 }), of({ id: 1 }), of({ id: 9 }));
    const scopes = triggered(ctx).map(({ scope }) => scope?.connector);
    expect(scopes).toEqual([2, 1, null]);
  });

  test('tells no password', async () => {
    const { ctx, charger } = await aCharger();
    const variable = { name: 'BasicAuthPassword' };
    await tell(charger, event({ component: { name: 'SecurityCtrlr' }, variable }));
    expect(triggered(ctx)[0]?.object).toMatchObject({ value: null });
  });
});

describe('a problem', () => {
  test('of a connector is its fault, and only the charger knows what is when it is over', async () => {
    const { ctx, charger } = await aCharger();
    const connector = { name: 'Connector', evse: { id: 1, connectorId: 1 } };
    await tell(charger, problem(connector, 'true'));
    expect(await statuses(ctx)).toEqual(['Faulted', 'Available']);
    await tell(charger, problem(connector, 'false', { eventId: 2, cleared: true }));
    expect(await statuses(ctx)).toEqual(['Faulted', 'Available']);
    await settle(ctx);
    expect(charger.lastAsked()).toMatchObject({
      action: 'TriggerMessage',
      payload: { requestedMessage: 'StatusNotification', evse: { id: 1, connectorId: 1 } },
    });
  });

  test('of the charger is its fault, until it is over', async () => {
    const { ctx, charger } = await aCharger();
    await tell(charger, problem({ name: 'ChargingStation' }, 'true'));
    expect((await getChargerView(ctx, 'CP-1')).status).toBe('faulted');
    await tell(charger, problem({ name: 'ChargingStation' }, 'false', { eventId: 2 }));
    expect((await getChargerView(ctx, 'CP-1')).status).toBe('available');
  });

  test('of anything else is no fault of a connector', async () => {
    const { ctx, charger } = await aCharger();
    await tell(charger, problem({ name: 'Fan', evse: { id: 1 } }, 'true'));
    await tell(charger, problem({ name: 'Connector' }, 'true', { eventId: 2 }));
    expect(await statuses(ctx)).toEqual(['Available', 'Available']);
  });
});

test('an availability that is told as an event is as good as a status notification', async () => {
  const { ctx, charger } = await aCharger();
  const variable = { name: 'AvailabilityState' };
  const component = { name: 'Connector', evse: { id: 2, connectorId: 1 } };
  await tell(charger, event({ component, variable, actualValue: 'Unavailable' }));
  await tell(charger, event({ component, variable, actualValue: 'Nonsense', eventId: 2 }));
  expect(await statuses(ctx)).toEqual(['Available', 'Unavailable']);
});
