import { describe, expect, it } from 'vitest';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { UNKNOWN_TRANSACTION_16 } from '#simulator/misbehaviour.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const CAR = { batteryKwh: 60, socPercent: 20, acPhases: 3, acKwPerPhase: 7.4 } as const;
const charger = (misbehave: Misbehaviour) =>
  new PaperCharger(
    { ...sandboxCharger('BLR-014'), car: CAR },
    { misbehave, lenient: true },
  ).online();
const charging = (misbehave: Misbehaviour) =>
  charger(misbehave).happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'TAG-1' });

describe('a charger that misbehaves', () => {
  it('repeats its answered start with the same content', () => {
    const starts = charging({ repeatStart: 2 }).of('StartTransaction');
    expect(starts).toHaveLength(3);
    expect(new Set(starts.map((start) => JSON.stringify(start))).size).toBe(1);
  });

  it('puts every frame on the wire twice under one id', () => {
    const one = charger({ duplicateFrames: true });
    const [first, second] = one.sent;
    expect(first).toEqual(second);
  });

  it('lets a meter value be overtaken by the stop', () => {
    const one = charging({ reorder: true }).passes(60_000).happens({ type: 'stop' });
    const last = one.sent.filter(({ action }) => /Meter|Stop/.test(action));
    expect(last.map(({ action }) => action)).toEqual(['StopTransaction', 'MeterValues']);
    expect(last[1]?.payload).toMatchObject({ transactionId: 7001 });
  });

  it('lies about the time', () => {
    const [start] = charging({ clockOffsetMs: -3_600_000 }).of('StartTransaction');
    expect(start?.['timestamp']).toBe('2026-01-15T11:00:00.000Z');
  });

  it('leaves the zone out', () => {
    const [start] = charging({ zonelessTimestamps: true }).of('StartTransaction');
    expect(start?.['timestamp']).toBe('2026-01-15T12:00:00.000');
  });

  it('labels kilowatt-hours as Wh', () => {
    const value = JSON.stringify(charging({ wrongUnit: true }).passes(60_000).of('MeterValues'));
    expect(value).toMatch(/"Energy.Active.Import.Register","value":"\d+\.\d+","unit":"Wh"/);
  });

  it('ignores the calls it is told to ignore, and answers others', () => {
    const one = charger({ ignoreCalls: ['Reset'] });
    expect(one.call('Reset', { type: 'Soft' })).toEqual([]);
    expect(one.call('ClearCache', {})[2]).toEqual({ status: 'Accepted' });
    expect(charger({ ignoreCalls: true }).call('ClearCache', {})).toEqual([]);
  });

  it('answers late', () => {
    const one = charger({ answerLateMs: 40_000 });
    expect(one.call('ClearCache', {})).toEqual([]);
    one.passes(40_000);
    expect(one.replies).toEqual([[3, 'p1', { status: 'Accepted' }]]);
  });

  it('rejects every remote start', () => {
    const reply = charger({ rejectStart: true }).call('RemoteStartTransaction', { idTag: 'T' });
    expect(reply[2]).toEqual({ status: 'Rejected' });
  });

  it('drops the connection once in the middle of a charge, which goes on', () => {
    const one = charging({ dropMidChargeAfterMs: 90_000 }).passes(90_000);
    expect(one.outputs).toContainEqual({ type: 'hang_up', abrupt: true });
    one.online().passes(90_000);
    expect(one.of('BootNotification')).toHaveLength(1);
    expect(one.of('MeterValues')).toHaveLength(3);
  });

  it('reboots in the middle of a charge and never stops the transaction', () => {
    const one = charging({ rebootMidChargeAfterMs: 90_000 }).passes(100_000).online();
    one.passes(60_000);
    expect(one.of('BootNotification')).toHaveLength(2);
    expect(one.of('StopTransaction')).toEqual([]);
    expect(one.of('StatusNotification').at(-1)).toMatchObject({ status: 'Available' });
  });

  it('lets its register fall back to zero', () => {
    const one = charging({ resetRegisterAfterMs: 60_000 }).passes(120_000);
    one.happens({ type: 'stop' });
    // one minute of 22 kW after the fall
    expect(one.of('StopTransaction')).toMatchObject([{ meterStop: 366 }]);
  });

  it('stops a transaction nobody began', () => {
    const one = charging({ unknownStop: true }).happens({ type: 'stop' });
    expect(one.of('StopTransaction')).toMatchObject([{ transactionId: UNKNOWN_TRANSACTION_16 }]);
  });

  it('sends frames that are too long, or binary', () => {
    const one = charger({ binaryFrame: true });
    expect(one.outputs.some(({ type }) => type === 'send_binary')).toBe(true);
    const huge = charger({ hugeFrameBytes: 200_000 }).sent.find(({ id }) => id === 'huge');
    expect(huge?.action).toHaveLength(200_000);
  });
});
