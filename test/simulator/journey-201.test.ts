import { describe, expect, it } from 'vitest';
import type { ChosenOptions } from '#simulator/charger-options.ts';
import type { Payload } from '#simulator/turn.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const CAR = { batteryKwh: 80, socPercent: 20, dcKw: 150, taperFromPercent: 70 };
const charger = (options: ChosenOptions = {}) =>
  new PaperCharger({ ...sandboxCharger('BLR-015'), car: CAR }, options);
const idToken = { idToken: 'TAG-1', type: 'Central' };
const charging = () => {
  const one = charger().online();
  one.call('RequestStartTransaction', { idToken, remoteStartId: 31, evseId: 2 });
  return one.passes(2000);
};
const events = (one: PaperCharger) => one.of('TransactionEvent');
const reasons = (one: PaperCharger) =>
  events(one).map((event) => `${event['seqNo']} ${event['eventType']} ${event['triggerReason']}`);

function energyWh(event: Payload | undefined): number {
  const text = JSON.stringify(event?.['meterValue'] ?? []);
  return Number(/Energy\.Active\.Import\.Register","value":(\d+)/.exec(text)?.[1]);
}

describe('a 2.0.1 charge', () => {
  it('numbers its events without gaps and says what caused each', () => {
    const one = charging().passes(120_000);
    const transactionId = one.state.connectors[1]?.session?.id;
    const stopped = one.call('RequestStopTransaction', { transactionId });
    expect(stopped[2]).toEqual({ status: 'Accepted' });
    expect(reasons(one)).toEqual([
      '0 Started CablePluggedIn',
      '1 Updated ChargingStateChanged',
      '2 Updated MeterValuePeriodic',
      '3 Updated MeterValuePeriodic',
      '4 Ended RemoteStop',
    ]);
    const [first, second, , , last] = events(one);
    expect(first).toMatchObject({
      idToken,
      evse: { id: 2, connectorId: 1 },
      transactionInfo: { transactionId, remoteStartId: 31, chargingState: 'EVConnected' },
    });
    expect(second).toMatchObject({ transactionInfo: { chargingState: 'Charging' } });
    expect(last).toMatchObject({ transactionInfo: { stoppedReason: 'Remote' } });
    // 120 kW for two minutes is 4 kWh
    expect(energyWh(last) - energyWh(first)).toBe(4000);
  });

  it('reports each EVSE on its own', () => {
    const one = charging();
    const seen = one
      .of('StatusNotification')
      .map((each) => `${each['evseId']} ${each['connectorStatus']}`);
    expect(seen).toEqual(['1 Available', '2 Available', '2 Occupied']);
  });

  it('names the remote start as the cause where the cable was in first', () => {
    const one = charger().online().happens({ type: 'plug_in', connectorId: 1 });
    one.call('RequestStartTransaction', { idToken, remoteStartId: 5 });
    expect(reasons(one)[0]).toBe('0 Started RemoteStart');
    expect(events(one)[0]).toMatchObject({ evse: { id: 1 } });
  });

  it('tells of a full battery as a suspension by the car, and then of the end', () => {
    const one = charging().passes(2 * 3_600_000);
    const states = events(one).map((event) => JSON.stringify(event['transactionInfo']));
    expect(states.at(-1)).toContain('SuspendedEV');
    one.happens({ type: 'unplug', connectorId: 2 });
    expect(events(one).at(-1)).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'EVCommunicationLost',
      transactionInfo: { stoppedReason: 'EVDisconnected' },
    });
    // from 20 to 100 % of 80 kWh
    expect(energyWh(events(one).at(-1)) - energyWh(events(one)[0])).toBe(64_000);
  });

  it('marks and replays in order what happened offline', () => {
    const one = charging().happens({ type: 'disconnected' });
    one.passes(120_000).happens({ type: 'stop' });
    const before = events(one).length;
    one.online();
    const replayed = events(one).slice(before);
    expect(replayed.map((event) => [event['seqNo'], event['offline']])).toEqual([
      [2, true],
      [3, true],
      [4, true],
    ]);
  });

  it('ends a transaction whose token the platform refuses', () => {
    const one = charger().online();
    one.answers['TransactionEvent'] = () => ({ idTokenInfo: { status: 'Blocked' } });
    one.call('RequestStartTransaction', { idToken, remoteStartId: 5 });
    one.passes(2000);
    expect(reasons(one).at(-1)).toMatch(/Ended Deauthorized$/);
  });

  it('begins and ends with the same tag', () => {
    const one = charger().online().happens({ type: 'plug_in' });
    one.happens({ type: 'tap', tag: 'CARD' }).happens({ type: 'tap', tag: 'CARD' });
    expect(one.of('Authorize')).toEqual([{ idToken: { idToken: 'CARD', type: 'ISO14443' } }]);
    expect(reasons(one)).toEqual([
      '0 Started Authorized',
      '1 Updated ChargingStateChanged',
      '2 Ended StopAuthorized',
    ]);
  });
});
