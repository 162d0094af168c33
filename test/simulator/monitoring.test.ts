import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = () => new PaperCharger(sandboxCharger('BLR-015')).online();
const at = (name: string, variable: string, evse?: object) => ({
  component: { name, ...(evse ? { evse } : {}) },
  variable: { name: variable },
});
const temperature = at('TemperatureSensor', 'Temperature');
const monitor = (one: PaperCharger, rest: object) =>
  one.call('SetVariableMonitoring', {
    setMonitoringData: [
      { ...temperature, type: 'UpperThreshold', value: 60, severity: 5, ...rest },
    ],
  })[2];
const warm = (one: PaperCharger, value: string) =>
  one.happens({ type: 'set_variable', name: 'TemperatureSensor.Temperature', value });
const events = (one: PaperCharger) =>
  one.of('NotifyEvent').flatMap(({ eventData }) => (Array.isArray(eventData) ? eventData : []));

describe('a monitor', () => {
  it('alerts when its threshold is passed, once, and when that is over', () => {
    const one = charger();
    expect(monitor(one, {})).toMatchObject({
      setMonitoringResult: [{ status: 'Accepted', id: 100, type: 'UpperThreshold' }],
    });
    for (const value of ['60', '61', '65', '59']) warm(one, value);
    expect(events(one)).toMatchObject([
      { trigger: 'Alerting', actualValue: '61', variableMonitoringId: 100 },
      { trigger: 'Alerting', actualValue: '59', cleared: true },
    ]);
  });

  it('tells of every change as big as its delta', () => {
    const one = charger();
    monitor(one, { type: 'Delta', value: 5 });
    for (const value of ['35', '36', '40', '41']) warm(one, value);
    // From 31: 36 is five more; from 36: 41 is.
    expect(events(one)).toMatchObject([
      { trigger: 'Delta', actualValue: '36' },
      { trigger: 'Delta', actualValue: '41' },
    ]);
  });

  it('reports at its interval', () => {
    const one = charger();
    monitor(one, { type: 'Periodic', value: 60 });
    one.passes(180_000);
    expect(events(one)).toHaveLength(3);
    expect(events(one)[0]).toMatchObject({ trigger: 'Periodic', actualValue: '31' });
  });

  it('for transactions looks only while one runs', () => {
    const one = charger();
    monitor(one, { transaction: true });
    warm(one, '70');
    expect(events(one)).toEqual([]);
    one.happens({ type: 'plug_in', connectorId: 1 }).happens({ type: 'tap', tag: 'T' });
    expect(events(one)).toHaveLength(1);
  });

  it('is hard-wired for faults, and is told of by EVSE', () => {
    const one = charger().happens({ type: 'fault', code: 'GroundFailure', connectorId: 2 });
    expect(events(one)).toMatchObject([
      {
        ...at('EVSE', 'Problem', { id: 2 }),
        eventNotificationType: 'HardWiredMonitor',
        actualValue: 'true',
      },
    ]);
  });

  it('of little severity is silent under the level set, and while nobody hears it', () => {
    const one = charger();
    monitor(one, { severity: 8 });
    one.call('SetMonitoringLevel', { severity: 5 });
    warm(one, '70');
    expect(events(one)).toEqual([]);
    expect(one.call('SetMonitoringLevel', { severity: 10 })[2]).toEqual({ status: 'Rejected' });
    one.happens({ type: 'disconnected' });
    one.happens({ type: 'fault', code: 'GroundFailure', connectorId: 1 });
    expect(events(one.online())).toMatchObject([{ actualValue: 'true' }]);
  });

  it.each([
    ['a component it does not have', at('Oven', 'Heat'), 'UnknownComponent'],
    ['a variable it does not have', at('TemperatureSensor', 'Heat'), 'UnknownVariable'],
    ['what cannot be watched', at('OCPPCommCtrlr', 'HeartbeatInterval'), 'UnsupportedMonitorType'],
    ['a value out of range', { value: 500 }, 'Rejected'],
    ['an id that is not its own', { id: 1 }, 'Rejected'],
  ])('is refused for %s', (_name, rest, expected) => {
    expect(JSON.stringify(monitor(charger(), rest))).toContain(`"status":"${expected}"`);
  });

  it('is not set up twice, but can be replaced by its id', () => {
    const one = charger();
    monitor(one, {});
    expect(JSON.stringify(monitor(one, { value: 70 }))).toContain('Duplicate');
    expect(JSON.stringify(monitor(one, { id: 100, value: 70 }))).toContain('Accepted');
    warm(one, '65');
    expect(events(one)).toEqual([]);
  });
});

describe('the monitors of a charger', () => {
  const clear = (one: PaperCharger, ...id: number[]) =>
    one.call('ClearVariableMonitoring', { id })[2];
  const ids = (one: PaperCharger) => one.state.store.monitoring.monitors?.map(({ id }) => id);

  it('are cleared one by one, except what is hard-wired', () => {
    const one = charger();
    monitor(one, {});
    expect(clear(one, 100, 2, 77)).toEqual({
      clearMonitoringResult: [
        { id: 100, status: 'Accepted' },
        { id: 2, status: 'Rejected' },
        { id: 77, status: 'NotFound' },
      ],
    });
  });

  it('follow the base that is set', () => {
    const one = charger();
    monitor(one, {});
    one.call('SetMonitoringBase', { monitoringBase: 'HardWiredOnly' });
    expect(ids(one)).toEqual([2, 3]);
    one.call('SetMonitoringBase', { monitoringBase: 'FactoryDefault' });
    expect(ids(one)).toEqual([1, 2, 3]);
  });

  it('are reported by criterion and by variable', () => {
    const one = charger();
    monitor(one, {});
    const ask = (request: object) =>
      one.call('GetMonitoringReport', { requestId: 6, ...request })[2];
    expect(ask({ monitoringCriteria: ['ThresholdMonitoring'] })).toEqual({ status: 'Accepted' });
    expect(one.of('NotifyMonitoringReport')).toMatchObject([
      {
        requestId: 6,
        seqNo: 0,
        tbc: false,
        monitor: [{ ...temperature, variableMonitoring: [{ id: 1 }, { id: 100 }] }],
      },
    ]);
    expect(ask({ monitoringCriteria: ['PeriodicMonitoring'] })).toEqual({
      status: 'EmptyResultSet',
    });
  });
});
