import { describe, expect, it } from 'vitest';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const CAR = { batteryKwh: 60, socPercent: 20, acPhases: 3, acKwPerPhase: 7.4, dcKw: 150 } as const;
const charging = (misbehave: Misbehaviour, identity = 'BLR-014') =>
  new PaperCharger({ ...sandboxCharger(identity), car: CAR }, { misbehave, lenient: true })
    .online()
    .happens({ type: 'plug_in', connectorId: 1 })
    .happens({ type: 'tap', tag: 'TAG-1', connectorId: 1 });
const stopped = (misbehave: Misbehaviour, identity?: string) =>
  charging(misbehave, identity).passes(60_000).happens({ type: 'stop' });
const transactionActions = (one: PaperCharger) =>
  one.actions().filter((action) => /Start|Stop|Meter/.test(action));
const events = (one: PaperCharger) => one.of('TransactionEvent');
const numbers = (one: PaperCharger) =>
  events(one).map(({ eventType, seqNo }) => `${eventType} ${seqNo}`);
const values = (one: PaperCharger) => JSON.stringify(one.of('MeterValues').at(-1));

describe('with its transactions, a charger that misbehaves', () => {
  it('says its stop twice, a second later [gotcha 22]', () => {
    const stops = stopped({ repeatStop: 1 }).of('StopTransaction');
    expect(stops.map(({ timestamp }) => timestamp)).toEqual([
      '2026-01-15T12:01:00.000Z',
      '2026-01-15T12:01:01.000Z',
    ]);
    expect(stops[1]).toMatchObject({ transactionId: 7001 });
  });

  it('stops before it starts, and so without an id [gotchas 21, 22]', () => {
    const one = stopped({ stopBeforeStart: true });
    const [first, second] = transactionActions(one);
    expect([first, second]).toEqual(['StopTransaction', 'StartTransaction']);
    expect(one.of('StopTransaction')[0]).toMatchObject({ transactionId: -1 });
  });

  it('stops under -1 [gotcha 21]', () => {
    const one = stopped({ stopWithMinusOne: true });
    expect(one.of('StopTransaction')[0]).toMatchObject({ transactionId: -1 });
  });

  it('tells a transaction again days later, as it was [gotcha 22]', () => {
    const days = 3 * 86_400_000;
    const one = stopped({ replayAfterMs: days }).happens({ type: 'unplug' });
    const told = one.sent.filter(({ action }) => /Start|Stop|Meter/.test(action));
    one.passes(days + 60_000);
    const all = one.sent.filter(({ action }) => /Start|Stop|Meter/.test(action));
    const payloads = (calls: typeof all) => calls.map(({ payload }) => payload);
    expect(payloads(all)).toEqual([...payloads(told), ...payloads(told)]);
  });

  it('does not say of which transaction its meter values are [gotcha 35]', () => {
    const one = stopped({ metersWithoutTransaction: true });
    expect(one.of('MeterValues')[0]).not.toHaveProperty('transactionId');
  });

  it('accepts a stop and charges on [gotcha 27]', () => {
    const one = charging({ ignoreStop: true });
    const reply = one.call('RemoteStopTransaction', { transactionId: 7001 });
    expect(reply[2]).toEqual({ status: 'Accepted' });
    expect(one.passes(60_000).of('MeterValues')).toHaveLength(1);
  });

  it('leaves gaps until it is asked for what is missing [gotcha 24]', () => {
    const one = stopped({ keepBackEvents: [1, 2] }, 'BLR-015');
    expect(numbers(one)).toEqual(['Started 0', 'Ended 3']);
    const { transactionInfo } = events(one)[0] ?? {};
    const reply = one.call('GetTransactionStatus', transactionInfo ?? {});
    expect(reply[2]).toEqual({ ongoingIndicator: false, messagesInQueue: true });
    expect(numbers(one)).toEqual(['Started 0', 'Ended 3', 'Updated 1', 'Updated 2']);
    const later = one.call('GetTransactionStatus', transactionInfo ?? {});
    expect(later[2]).toMatchObject({ messagesInQueue: false });
  });

  it('goes on after the end, or never begins [gotcha 24]', () => {
    expect(numbers(stopped({ updatedAfterEnded: true }, 'BLR-015')).slice(-2)).toEqual([
      'Ended 3',
      'Updated 4',
    ]);
    expect(numbers(stopped({ noStarted: true }, 'BLR-015'))).toEqual([
      'Updated 1',
      'Updated 2',
      'Ended 3',
    ]);
  });

  it('says late where it charges, or without a connector [gotcha 24]', () => {
    const [first, second] = events(stopped({ lateEvse: true, noConnectorId: true }, 'BLR-015'));
    expect(first).not.toHaveProperty('evse');
    expect(second).toMatchObject({ evse: { id: 1 } });
    expect(second?.['evse']).not.toHaveProperty('connectorId');
  });

  it('stops below where it started [gotcha 33]', () => {
    const one = stopped({ stopBelowStart: true });
    const start = Number(one.of('StartTransaction')[0]?.['meterStart']);
    expect(one.of('StopTransaction')[0]).toMatchObject({ meterStop: start - 1000 });
  });
});

describe('with its meter, a charger that misbehaves [gotchas 31 to 34]', () => {
  it('counts the session instead of the register', () => {
    const one = stopped({ meter: ['session_energy'] });
    expect(one.of('StartTransaction')[0]).toMatchObject({ meterStart: 0 });
    // a minute of 22 kW
    expect(one.of('StopTransaction')[0]).toMatchObject({ meterStop: 366 });
  });

  it.each([
    ['hertz', /"measurand":"Frequency","value":"50","unit":"Hz"/],
    ['celcius', /"unit":"Celcius"/],
    ['wrong_context', /"context":"Sample.Clocked"/],
    ['phase_n', /"phase":"N"/],
    ['not_numeric', /"measurand":"Power.Active.Import","value":"---"/],
    ['energy_by_phase', /"measurand":"Energy.Active.Import.Register"[^}]*"phase":"L3"/],
    ['wrong_type', /"measurand":"Power.Active.Import","value":22000/],
    ['signed', /"format":"SignedData"/],
  ] as const)('reports %s', (quirk, shape) => {
    expect(values(charging({ meter: [quirk] }).passes(60_000))).toMatch(shape);
  });

  it('leaves out its units', () => {
    const all = values(charging({ meter: ['no_units'] }).passes(60_000));
    expect(all).not.toContain('"unit"');
  });

  it('signs its register in 2.0.1, and writes numbers as text', () => {
    const one = charging({ meter: ['signed', 'wrong_type'] }, 'BLR-015').passes(60_000);
    const sampled = JSON.stringify(events(one).at(-1));
    expect(sampled).toMatch(/"value":"\d+".*"encodingMethod":"OCMF"/);
  });
});
