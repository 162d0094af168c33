import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = () =>
  new PaperCharger(sandboxCharger('BLR-014'), {
    variables: { TransactionMessageRetryInterval: '10', AllowOfflineTxForUnknownId: 'true' },
  });
const begin = (one: PaperCharger) =>
  one.happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'TAG-1' });

describe('the outbox of a charger', () => {
  it('repeats an unanswered start with the same content until it is answered', () => {
    const one = charger().online();
    one.answers['StartTransaction'] = () => 'silence';
    begin(one).passes(300_000);
    const starts = one.of('StartTransaction');
    // 30 s without an answer, then a pause of 10 s, 20 s, 30 s ...: at 0, 40, 90, 150, 220 and 300 s
    expect(starts).toHaveLength(6);
    expect(new Set(starts.map((start) => JSON.stringify(start))).size).toBe(1);
    one.answers['StartTransaction'] = () => ({
      transactionId: 5,
      idTagInfo: { status: 'Accepted' },
    });
    one.passes(120_000);
    expect(one.of('StartTransaction')).toHaveLength(7);
    expect(one.of('MeterValues')[0]).toMatchObject({ transactionId: 5 });
  });

  it('gives a start up after three refusals, and stops the transaction as -1', () => {
    const one = charger().online();
    one.answers['StartTransaction'] = () => 'error';
    begin(one).passes(60_000);
    expect(one.of('StartTransaction')).toHaveLength(3);
    one.happens({ type: 'stop' });
    expect(one.of('StopTransaction')).toMatchObject([{ transactionId: -1 }]);
  });

  it('keeps the messages of a charge made offline and sends them in order', () => {
    const one = charger().online().happens({ type: 'disconnected' });
    begin(one).passes(120_000).happens({ type: 'stop' });
    const before = one.sent.length;
    one.passes(1000).online();
    const after = one.sent.slice(before);
    expect(after.map(({ action }) => action)).toEqual([
      'StartTransaction',
      'MeterValues',
      'MeterValues',
      'StopTransaction',
      'StatusNotification',
    ]);
    expect(after.slice(1, 4).map(({ payload }) => payload['transactionId'])).toEqual([
      7001, 7001, 7001,
    ]);
    expect(after[3]?.payload['timestamp']).toBe('2026-01-15T12:02:00.000Z');
  });

  it('does not boot again on a mere reconnect', () => {
    const one = charger().online().happens({ type: 'disconnected' }).passes(5000).online();
    expect(one.of('BootNotification')).toHaveLength(1);
  });

  it('has one call under way at a time', () => {
    const one = charger().online();
    one.answers['Authorize'] = () => 'silence';
    begin(one);
    const before = one.sent.length;
    one.call('TriggerMessage', { requestedMessage: 'Heartbeat' });
    expect(one.sent).toHaveLength(before);
    one.passes(30_000);
    expect(one.actions()).toContain('Heartbeat');
  });

  it('passes over answers to calls it did not make', () => {
    const one = charger().online();
    const before = JSON.stringify(one.state);
    one.happens({ type: 'frame', text: '[3,"nobody",{"status":"Accepted"}]' });
    one.happens({ type: 'frame', text: '[4,"nobody","GenericError","",{}]' });
    expect(JSON.stringify(one.state)).toBe(before);
  });
});

describe('registration', () => {
  it.each(['Pending', 'Rejected'])('asks again after the interval while %s', (status) => {
    const one = charger();
    one.answers['BootNotification'] = () => ({
      status,
      currentTime: '2026-01-15T12:00:00Z',
      interval: 20,
    });
    one.online().passes(60_000);
    expect(one.actions()).toEqual(Array(4).fill('BootNotification'));
  });

  it('answers and sends what it is triggered to while pending, but starts nothing', () => {
    const one = charger();
    one.answers['BootNotification'] = () => ({
      status: 'Pending',
      currentTime: '2026-01-15T12:00:00Z',
      interval: 600,
    });
    one.online();
    one.call('TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 1 });
    expect(one.of('StatusNotification')).toHaveLength(1);
    expect(one.call('RemoteStartTransaction', { idTag: 'T' })[2]).toEqual({ status: 'Rejected' });
  });

  it('beats as often as the platform asked', () => {
    const one = charger().online().passes(900_000);
    expect(one.of('Heartbeat')).toHaveLength(3);
  });
});
