import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const SLOW_CAR = { batteryKwh: 60, socPercent: 20, acPhases: 3, acKwPerPhase: 7.4 } as const;
const charger = (options = {}) =>
  new PaperCharger({ ...sandboxCharger('BLR-014'), car: SLOW_CAR }, options);

describe('a 1.6 charge started by the platform', () => {
  it('boots, reports every connector, then plugs in, starts, meters and stops by itself', () => {
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
    expect(one.call('RemoteStopTransaction', { transactionId: 7001 })[2]).toEqual({
      status: 'Accepted',
    });
    const [start] = one.of('StartTransaction');
    const [stop] = one.of('StopTransaction');
    // 22 kW for half an hour is 11 kWh
    expect(Number(stop?.['meterStop']) - Number(start?.['meterStart'])).toBe(11_000);
    expect(stop).toMatchObject({ transactionId: 7001, reason: 'Remote' });
    one.passes(10_000);
    const statuses = one
      .of('StatusNotification')
      .map(({ connectorId, status }) => `${connectorId} ${status}`);
    expect(statuses).toEqual([
      '0 Available',
      '1 Available',
      '1 Preparing',
      '1 Charging',
      '1 Finishing',
      '1 Available',
    ]);
  });
});
