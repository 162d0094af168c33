import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = () => new PaperCharger(sandboxCharger('BLR-015')).online();
const temperature = {
  component: { name: 'TemperatureSensor' },
  variable: { name: 'Temperature' },
};
const get = (one: PaperCharger, where: object) =>
  JSON.stringify(one.call('GetVariables', { getVariableData: [where] })[2]);
const set = (one: PaperCharger, where: object, attributeValue: string) =>
  JSON.stringify(one.call('SetVariables', { setVariableData: [{ ...where, attributeValue }] })[2]);
const report = (one: PaperCharger, request: object) =>
  one.call('GetReport', { requestId: 3, ...request })[2];
const reported = (one: PaperCharger) => JSON.stringify(one.of('NotifyReport'));

describe('the device model', () => {
  it('keeps the other attributes of a variable that only shows', () => {
    const one = charger();
    expect(get(one, { ...temperature, attributeType: 'MaxSet' })).toContain('"85"');
    expect(set(one, { ...temperature, attributeType: 'MaxSet' }, '70')).toContain('"Accepted"');
    expect(get(one, { ...temperature, attributeType: 'MaxSet' })).toContain('"70"');
    expect(get(one, temperature)).toContain('"31"');
    expect(set(one, temperature, '20')).toContain('"Rejected"');
    const minimum = { ...temperature, attributeType: 'MinSet' };
    expect(get(one, minimum)).toContain('NotSupportedAttributeType');
  });

  it('says that a value is in force only after a reboot', () => {
    const one = charger();
    const where = {
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'NetworkConfigurationPriority' },
    };
    expect(set(one, where, '1,0')).toContain('RebootRequired');
    expect(set(one, where, '7')).toContain('Rejected');
  });

  it('shows the state of things', () => {
    const one = charger().happens({ type: 'plug_in', connectorId: 2 });
    const state = (id: number) =>
      get(one, {
        component: { name: 'EVSE', evse: { id } },
        variable: { name: 'AvailabilityState' },
      });
    expect(state(1)).toContain('"Available"');
    expect(state(2)).toContain('"Occupied"');
  });

  it('reports the variables that are named, on every EVSE where none is said', () => {
    const one = charger();
    const componentVariable = [{ component: { name: 'EVSE' }, variable: { name: 'Power' } }];
    expect(report(one, { componentVariable })).toEqual({ status: 'Accepted' });
    expect(one.of('NotifyReport')).toMatchObject([
      {
        requestId: 3,
        reportData: [
          { component: { evse: { id: 1 } }, variable: { name: 'Power' } },
          { component: { evse: { id: 2 } }, variable: { name: 'Power' } },
        ],
      },
    ]);
  });

  it('reports what is a problem, and nothing where there is none', () => {
    const one = charger();
    expect(report(one, { componentCriteria: ['Problem'] })).toEqual({ status: 'EmptyResultSet' });
    one.happens({ type: 'fault', code: 'GroundFailure', connectorId: 2 });
    expect(report(one, { componentCriteria: ['Problem'] })).toEqual({ status: 'Accepted' });
    expect(reported(one)).toContain('"evse":{"id":2}');
    expect(reported(one)).not.toContain('"evse":{"id":1}');
    const unknown = [{ component: { name: 'Oven' } }];
    expect(report(one, { componentVariable: unknown })).toEqual({ status: 'EmptyResultSet' });
  });

  it('connects by the network profile that goes first, after the next start', () => {
    const one = charger();
    const connectionData = {
      ocppVersion: 'OCPP20',
      ocppTransport: 'JSON',
      ocppCsmsUrl: 'wss://elsewhere.example/ocpp',
      messageTimeout: 30,
      securityProfile: 2,
      ocppInterface: 'Wired0',
    };
    const put = (configurationSlot: number, data: object) =>
      one.call('SetNetworkProfile', { configurationSlot, connectionData: data })[2];
    expect(put(1, connectionData)).toEqual({ status: 'Accepted' });
    expect(put(9, connectionData)).toEqual({ status: 'Rejected' });
    expect(put(1, { ...connectionData, securityProfile: 0 })).toEqual({ status: 'Rejected' });
    expect(put(1, { ...connectionData, ocppTransport: 'SOAP' })).toEqual({ status: 'Rejected' });
    const where = {
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'NetworkConfigurationPriority' },
    };
    set(one, where, '1,0');
    const active = { ...where, variable: { name: 'ActiveNetworkProfile' } };
    expect(get(one, active)).toContain('"0"');
    one.call('Reset', { type: 'Immediate' });
    expect(get(one.passes(5000).online(), active)).toContain('"1"');
  });
});

describe('a reset of one EVSE', () => {
  it('ends what runs there and nothing else', () => {
    const one = charger();
    for (const connectorId of [1, 2]) {
      one.happens({ type: 'plug_in', connectorId });
      one.happens({ type: 'tap', tag: `T${connectorId}`, connectorId });
    }
    expect(one.call('Reset', { type: 'Immediate', evseId: 1 })[2]).toEqual({ status: 'Accepted' });
    expect(one.of('StatusNotification').at(-1)).toMatchObject({
      evseId: 1,
      connectorStatus: 'Unavailable',
    });
    expect(one.state.connectors.map(({ session }) => session !== null)).toEqual([false, true]);
    one.passes(3000);
    expect(one.of('StatusNotification').at(-1)).toMatchObject({ connectorStatus: 'Occupied' });
    expect(one.of('BootNotification')).toHaveLength(1);
    expect(one.call('Reset', { type: 'OnIdle', evseId: 2 })[2]).toEqual({ status: 'Scheduled' });
    expect(one.call('Reset', { type: 'OnIdle', evseId: 5 })[2]).toEqual({ status: 'Rejected' });
  });
});
