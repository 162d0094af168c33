import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = () => new PaperCharger(sandboxCharger('BLR-015')).online();
const idToken = { idToken: 'TAG-1', type: 'Central' };
const charging = () => {
  const one = charger();
  one.call('RequestStartTransaction', { idToken, remoteStartId: 1, evseId: 1 });
  return one.passes(2000);
};
const status = (reply: unknown[]) => reply[2];
const heartbeat = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'HeartbeatInterval' },
};

describe('what a 2.0.1 charger answers to its platform', () => {
  it('resets at once, and at rest', () => {
    const one = charging();
    expect(status(one.call('Reset', { type: 'OnIdle' }))).toEqual({ status: 'Scheduled' });
    one.passes(60_000);
    expect(one.outputs.some(({ type }) => type === 'hang_up')).toBe(false);
    one.happens({ type: 'stop' }).passes(10_000).online();
    expect(one.of('BootNotification').at(-1)).toMatchObject({ reason: 'RemoteReset' });
    const other = charging();
    expect(status(other.call('Reset', { type: 'Immediate' }))).toEqual({ status: 'Accepted' });
    other.passes(3000).online();
    expect(other.of('TransactionEvent').at(-1)).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'ResetCommand',
      transactionInfo: { stoppedReason: 'ImmediateReset' },
    });
  });

  it('reads and writes its device model, and says what it lacks', () => {
    const one = charger();
    const set = (attributeValue: string, where: object = heartbeat) =>
      JSON.stringify(one.call('SetVariables', { setVariableData: [{ ...where, attributeValue }] }));
    expect(set('45')).toContain('"attributeStatus":"Accepted"');
    expect(set('often')).toContain('"attributeStatus":"Rejected"');
    expect(set('1', { ...heartbeat, component: { name: 'Oven' } })).toContain('UnknownComponent');
    expect(set('1', { ...heartbeat, variable: { name: 'Heat' } })).toContain('UnknownVariable');
    expect(set('1', { ...heartbeat, attributeType: 'Target' })).toContain(
      'NotSupportedAttributeType',
    );
    const read = one.call('GetVariables', { getVariableData: [heartbeat] });
    expect(status(read)).toEqual({
      getVariableResult: [{ ...heartbeat, attributeStatus: 'Accepted', attributeValue: '45' }],
    });
    one.passes(90_000);
    expect(one.of('Heartbeat')).toHaveLength(2);
  });

  it('takes a password and never gives it back', () => {
    const one = charger();
    const where = {
      component: { name: 'SecurityCtrlr' },
      variable: { name: 'BasicAuthPassword' },
    };
    const attributeValue = 'correct-horse-battery';
    one.call('SetVariables', { setVariableData: [{ ...where, attributeValue }] });
    const read = JSON.stringify(one.call('GetVariables', { getVariableData: [where] }));
    expect(read).toContain('Rejected');
    one.call('GetBaseReport', { requestId: 4, reportBase: 'FullInventory' });
    expect(JSON.stringify(one.of('NotifyReport')) + read).not.toContain(attributeValue);
  });

  it('reports its whole model in parts, the last marked as such', () => {
    const one = charger();
    const reply = one.call('GetBaseReport', { requestId: 7, reportBase: 'FullInventory' });
    expect(status(reply)).toEqual({ status: 'Accepted' });
    const parts = one.of('NotifyReport');
    const last = parts.length - 1;
    expect(last).toBeGreaterThan(1);
    expect(parts.map(({ seqNo, tbc, requestId }) => [seqNo, tbc, requestId])).toEqual(
      parts.map((_, at) => [at, at < last, 7]),
    );
    const summary = one.call('GetBaseReport', { requestId: 8, reportBase: 'SummaryInventory' });
    expect(status(summary)).toEqual({ status: 'Accepted' });
    const told = JSON.stringify(one.of('NotifyReport').filter(({ requestId }) => requestId === 8));
    expect(told).toContain('"name":"AvailabilityState"');
    expect(told).not.toContain('"name":"HeartbeatInterval"');
  });

  it('knows which transactions run, and which still have messages waiting', () => {
    const one = charging();
    const transactionId = one.state.connectors[0]?.session?.id;
    const ask = () => status(one.call('GetTransactionStatus', { transactionId }));
    expect(ask()).toEqual({ ongoingIndicator: true, messagesInQueue: false });
    one.answers['TransactionEvent'] = () => 'silence';
    one.happens({ type: 'stop' });
    expect(ask()).toEqual({ ongoingIndicator: false, messagesInQueue: true });
    expect(status(one.call('GetTransactionStatus', {}))).toEqual({ messagesInQueue: true });
  });

  it('does not unlock under a running transaction, nor what it does not have', () => {
    const one = charging();
    const unlock = (evseId: number, connectorId: number) =>
      status(one.call('UnlockConnector', { evseId, connectorId }));
    expect(unlock(1, 1)).toEqual({ status: 'OngoingAuthorizedTransaction' });
    expect(unlock(2, 1)).toEqual({ status: 'Unlocked' });
    expect(unlock(2, 2)).toEqual({ status: 'UnknownConnector' });
  });

  it('takes an EVSE or itself out of service', () => {
    const one = charging();
    const change = (evse?: object) =>
      status(one.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse }));
    expect(change({ id: 2 })).toEqual({ status: 'Accepted' });
    expect(change({ id: 3 })).toEqual({ status: 'Rejected' });
    expect(change()).toEqual({ status: 'Scheduled' });
    one.happens({ type: 'stop' });
    expect(one.of('StatusNotification').slice(-1)).toMatchObject([
      { evseId: 1, connectorStatus: 'Unavailable' },
    ]);
  });

  it.each([
    ['BootNotification', 'Rejected'],
    ['FirmwareStatusNotification', 'Accepted'],
    ['Heartbeat', 'Accepted'],
    ['LogStatusNotification', 'Accepted'],
    ['MeterValues', 'Accepted'],
    ['StatusNotification', 'Accepted'],
    ['TransactionEvent', 'Accepted'],
    ['PublishFirmwareStatusNotification', 'Accepted'],
    ['Daydream', 'NotImplemented'],
  ])('asked for a %s, answers %s', (requestedMessage, verdict) => {
    const one = charging();
    const before = one.of(requestedMessage).length;
    const reply = one.call('TriggerMessage', { requestedMessage, evse: { id: 1 } });
    expect(status(reply)).toEqual({ status: verdict });
    expect(one.of(requestedMessage)).toHaveLength(before + (verdict === 'Accepted' ? 1 : 0));
  });

  it.each([
    ['an action nobody knows', '[2,"x","Levitate",{}]', 'x', 'NotImplemented'],
    ['a missing field', '[2,"x","Reset",{}]', 'x', 'PropertyConstraintViolation'],
    ['a missing number', '[2,"x","UnlockConnector",{}]', 'x', 'OccurrenceConstraintViolation'],
    ['an unknown message type', '[9,"x",{}]', 'x', 'MessageTypeNotSupported'],
    ['what is no frame', 'hello', '-1', 'RpcFrameworkError'],
  ])('answers %s with the right error', (_name, text, id, code) => {
    const one = charger().happens({ type: 'frame', text });
    expect(one.replies.at(-1)?.slice(0, 3)).toEqual([4, id, code]);
  });
});
