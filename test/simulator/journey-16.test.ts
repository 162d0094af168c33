import { describe, expect, it } from 'vitest';
import type { ChosenOptions } from '#simulator/charger-options.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const CAR = { batteryKwh: 60, socPercent: 20, acPhases: 3, acKwPerPhase: 7.4 } as const;
const charger = (options: ChosenOptions = {}) =>
  new PaperCharger({ ...sandboxCharger('BLR-014'), car: CAR }, options);
const charging = (options: ChosenOptions = {}) => {
  const one = charger(options).online();
  one.call('RemoteStartTransaction', { connectorId: 1, idTag: 'TAG-1' });
  return one.passes(2000);
};
const statuses = (one: PaperCharger) =>
  one.of('StatusNotification').map(({ connectorId, status }) => `${connectorId} ${status}`);

describe('a 1.6 charge', () => {
  it('plugs in, starts, meters and stops by itself when the platform starts it', () => {
    const one = charger({ unplugDelayMs: 10_000 }).online();
    expect(one.actions()).toEqual(['BootNotification', 'StatusNotification', 'StatusNotification']);
    const reply = one.call('RemoteStartTransaction', { connectorId: 1, idTag: 'TAG-1' });
    expect(reply).toEqual([3, 'p1', { status: 'Accepted' }]);
    one.passes(2000);
    expect(one.of('StartTransaction')).toEqual([
      {
        connectorId: 1,
        idTag: 'TAG-1',
        meterStart: expect.any(Number),
        timestamp: '2026-01-15T12:00:02.000Z',
      },
    ]);
    one.passes(30 * 60_000);
    expect(one.of('MeterValues')).toHaveLength(30);
    one.call('RemoteStopTransaction', { transactionId: 7001 });
    const [start] = one.of('StartTransaction');
    const [stop] = one.of('StopTransaction');
    // 22 kW for half an hour is 11 kWh
    expect(Number(stop?.['meterStop']) - Number(start?.['meterStart'])).toBe(11_000);
    expect(stop).toMatchObject({ transactionId: 7001, reason: 'Remote' });
    one.passes(10_000);
    expect(statuses(one)).toEqual([
      '0 Available',
      '1 Available',
      '1 Preparing',
      '1 Charging',
      '1 Finishing',
      '1 Available',
    ]);
  });

  it('gives energy, power and each phase of a three-phase charge, and no SoC', () => {
    const one = charging().passes(60_000);
    const [value] = one.of('MeterValues');
    expect(value).toMatchObject({ connectorId: 1, transactionId: 7001 });
    const text = JSON.stringify(value);
    expect(text).toContain('{"measurand":"Power.Active.Import","value":"22000","unit":"W"');
    for (const phase of ['L1', 'L2', 'L3', 'L1-N', 'L2-N', 'L3-N']) {
      expect(text).toContain(`"phase":"${phase}"`);
    }
    expect(text).not.toContain('SoC');
  });

  it('reports the state of charge on direct current, and falls quiet at 100 %', () => {
    const car = { batteryKwh: 50, socPercent: 90, taperFromPercent: 70, dcKw: 60 };
    const one = new PaperCharger({ ...sandboxCharger('BLR-013'), car }).online();
    one.happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'TAG-1' });
    one.passes(3 * 3_600_000);
    expect(statuses(one).at(-1)).toBe('1 SuspendedEV');
    const last = JSON.stringify(one.of('MeterValues').at(-1));
    expect(last).toContain('{"measurand":"SoC","value":"100","unit":"Percent"');
    expect(last).toContain('{"measurand":"Power.Active.Import","value":"0"');
    const [start] = one.of('StartTransaction');
    one.happens({ type: 'stop' });
    // from 90 to 100 % of 50 kWh
    const [stop] = one.of('StopTransaction');
    expect(Number(stop?.['meterStop']) - Number(start?.['meterStart'])).toBe(5000);
  });

  it('is begun and ended by the same tag', () => {
    const one = charger().online().happens({ type: 'plug_in' });
    one.happens({ type: 'tap', tag: 'TAG-1' });
    expect(one.actions().slice(-3)).toEqual([
      'Authorize',
      'StartTransaction',
      'StatusNotification',
    ]);
    one.passes(60_000).happens({ type: 'tap', tag: 'tag-1' });
    expect(one.of('StopTransaction')).toMatchObject([{ reason: 'Local', idTag: 'TAG-1' }]);
  });

  it('does not begin for a refused tag', () => {
    const one = charger().online().happens({ type: 'plug_in' });
    one.answers['Authorize'] = () => ({ idTagInfo: { status: 'Blocked' } });
    one.happens({ type: 'tap', tag: 'STOLEN' }).passes(60_000);
    expect(one.of('StartTransaction')).toEqual([]);
  });

  it('ends again when the start itself is answered with a refusal', () => {
    const one = charger().online().happens({ type: 'plug_in' });
    one.answers['StartTransaction'] = () => ({
      transactionId: 8,
      idTagInfo: { status: 'Invalid' },
    });
    one.happens({ type: 'tap', tag: 'TAG-1' });
    expect(one.of('StopTransaction')).toMatchObject([{ transactionId: 8, reason: 'DeAuthorized' }]);
  });

  it('forgets a remote start for which nobody plugs in', () => {
    const one = charger({ plugInDelayMs: null }).online();
    one.call('RemoteStartTransaction', { idTag: 'TAG-1' });
    one.passes(60_000);
    expect(statuses(one).slice(-2)).toEqual(['1 Preparing', '1 Available']);
    expect(one.of('StartTransaction')).toEqual([]);
  });

  it.each([
    ['the cable is pulled', { type: 'unplug' } as const, 'EVDisconnected'],
    ['a fault occurs', { type: 'fault', code: 'GroundFailure' } as const, 'Other'],
    ['the driver presses stop', { type: 'stop' } as const, 'Local'],
  ])('ends when %s', (_name, happening, reason) => {
    const one = charging().passes(60_000).happens(happening);
    expect(one.of('StopTransaction')).toMatchObject([{ reason, transactionId: 7001 }]);
  });

  it('tells the last power cut after the next boot', () => {
    const one = charging().passes(60_000).happens({ type: 'power_cycle' });
    expect(one.of('StopTransaction')).toEqual([]);
    one.passes(3000).online();
    expect(one.actions().slice(-4)).toEqual([
      'BootNotification',
      'StopTransaction',
      'StatusNotification',
      'StatusNotification',
    ]);
    expect(one.of('StopTransaction')).toMatchObject([
      { reason: 'PowerLoss', timestamp: '2026-01-15T12:01:02.000Z' },
    ]);
  });

  it('adds what the meter said at its two ends when asked to', () => {
    const StopTxnSampledData = 'Energy.Active.Import.Register';
    const one = charging({ variables: { StopTxnSampledData } }).happens({ type: 'stop' });
    const data = JSON.stringify(one.of('StopTransaction')[0]?.['transactionData']);
    expect(data).toMatch(/Transaction\.Begin.*Transaction\.End/);
  });
});
