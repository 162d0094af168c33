import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = () => new PaperCharger(sandboxCharger('BLR-012')).online();
const charging = (connectorId: number) => {
  const one = charger();
  one.call('RemoteStartTransaction', { connectorId, idTag: 'TAG-1' });
  return one.passes(2000);
};
const status = (reply: unknown[]) => reply[2];

describe('what a 1.6 charger answers to its platform', () => {
  it('starts on either connector, and refuses one that is taken or does not exist', () => {
    const one = charging(1);
    const start = (connectorId: number) =>
      status(one.call('RemoteStartTransaction', { connectorId, idTag: 'TAG-2' }));
    expect(start(1)).toEqual({ status: 'Rejected' });
    expect(start(2)).toEqual({ status: 'Accepted' });
    expect(start(3)).toEqual({ status: 'Rejected' });
  });

  it('authorizes a remote start first where it is configured to', () => {
    const one = charger();
    one.call('ChangeConfiguration', { key: 'authorizeremotetxrequests', value: 'true' });
    one.call('RemoteStartTransaction', { connectorId: 2, idTag: 'TAG-1' });
    one.passes(2000);
    expect(one.of('Authorize')).toEqual([{ idTag: 'TAG-1' }]);
    expect(one.of('StartTransaction')).toMatchObject([{ connectorId: 2 }]);
  });

  it('refuses to stop a transaction it does not run', () => {
    const one = charging(1);
    expect(status(one.call('RemoteStopTransaction', { transactionId: 1 }))).toEqual({
      status: 'Rejected',
    });
  });

  it('ends its transactions on a soft reset, then goes down and boots', () => {
    const one = charging(1);
    expect(status(one.call('Reset', { type: 'Soft' }))).toEqual({ status: 'Accepted' });
    expect(one.of('StopTransaction')).toMatchObject([{ reason: 'SoftReset' }]);
    expect(one.outputs.filter(({ type }) => type === 'hang_up')).toHaveLength(1);
    one.passes(3000).online();
    expect(one.of('BootNotification')).toHaveLength(2);
  });

  it('goes down at once on a hard reset and tells of its transaction after the boot', () => {
    const one = charging(2);
    expect(status(one.call('Reset', { type: 'Hard' }))).toEqual({ status: 'Accepted' });
    expect(one.of('StopTransaction')).toEqual([]);
    one.passes(3000).online();
    expect(one.of('StopTransaction')).toMatchObject([{ reason: 'HardReset', transactionId: 7001 }]);
  });

  it('takes a connector out of service once its transaction is over', () => {
    const one = charging(1);
    const change = (connectorId: number) =>
      status(one.call('ChangeAvailability', { connectorId, type: 'Inoperative' }));
    expect(change(2)).toEqual({ status: 'Accepted' });
    expect(change(1)).toEqual({ status: 'Scheduled' });
    expect(change(9)).toEqual({ status: 'Rejected' });
    one.happens({ type: 'stop' });
    const last = one.of('StatusNotification').slice(-2);
    expect(last).toMatchObject([
      { connectorId: 0, status: 'Unavailable' },
      { connectorId: 1, status: 'Unavailable' },
    ]);
  });

  it('unlocks a socket, ending what runs there, and has nothing to unlock on a fixed cable', () => {
    const one = charging(1);
    expect(status(one.call('UnlockConnector', { connectorId: 1 }))).toEqual({ status: 'Unlocked' });
    expect(one.of('StopTransaction')).toMatchObject([{ reason: 'UnlockCommand' }]);
    const dc = new PaperCharger(sandboxCharger('BLR-013')).online();
    expect(status(dc.call('UnlockConnector', { connectorId: 1 }))).toEqual({
      status: 'NotSupported',
    });
  });

  it.each([
    'BootNotification',
    'DiagnosticsStatusNotification',
    'FirmwareStatusNotification',
    'Heartbeat',
    'MeterValues',
    'StatusNotification',
  ])('sends a %s when asked to', (requestedMessage) => {
    const one = charging(1);
    const before = one.of(requestedMessage).length;
    const reply = one.call('TriggerMessage', { requestedMessage, connectorId: 1 });
    expect(status(reply)).toEqual({ status: 'Accepted' });
    expect(one.of(requestedMessage)).toHaveLength(before + 1);
  });

  it('keeps a configuration that can be read, changed and refused', () => {
    const one = charger();
    const change = (key: string, value: string) =>
      status(one.call('ChangeConfiguration', { key, value }));
    expect(change('HeartbeatInterval', '30')).toEqual({ status: 'Accepted' });
    expect(change('HeartbeatInterval', 'soon')).toEqual({ status: 'Rejected' });
    expect(change('NumberOfConnectors', '9')).toEqual({ status: 'Rejected' });
    expect(change('Wishes', '3')).toEqual({ status: 'NotSupported' });
    const key = ['HeartbeatInterval', 'NumberOfConnectors', 'Wishes'];
    expect(status(one.call('GetConfiguration', { key }))).toEqual({
      configurationKey: [
        { key: 'HeartbeatInterval', readonly: false, value: '30' },
        { key: 'NumberOfConnectors', readonly: true, value: '2' },
      ],
      unknownKey: ['Wishes'],
    });
    one.passes(90_000);
    expect(one.of('Heartbeat')).toHaveLength(3);
  });

  it('never tells its password', () => {
    const one = charger();
    one.call('ChangeConfiguration', { key: 'AuthorizationKey', value: 'ab'.repeat(16) });
    expect(JSON.stringify(one.call('GetConfiguration', {}))).not.toContain('abab');
  });

  it('echoes vendor data and refuses what is not its own', () => {
    const one = charger();
    const transfer = (payload: object) => status(one.call('DataTransfer', payload));
    expect(transfer({ vendorId: 'Else' })).toEqual({ status: 'UnknownVendorId' });
    expect(transfer({ vendorId: 'Magma' })).toEqual({ status: 'UnknownMessageId' });
    expect(transfer({ vendorId: 'Magma', messageId: 'Echo', data: 'x' })).toEqual({
      status: 'Accepted',
      data: 'x',
    });
    expect(status(one.call('ClearCache', {}))).toEqual({ status: 'Accepted' });
  });

  it.each([
    ['an action nobody knows', 'Levitate', {}, 'NotImplemented'],
    ['a missing field', 'RemoteStopTransaction', {}, 'OccurenceConstraintViolation'],
    ['a wrong type', 'Reset', { type: 4 }, 'PropertyConstraintViolation'],
    ['text for a number', 'UnlockConnector', { connectorId: '1' }, 'TypeConstraintViolation'],
    ['a payload that is no object', 'ClearCache', 'now', 'FormationViolation'],
  ])('answers %s with the right error', (_name, action, payload, code) => {
    const one = charger();
    one.happens({ type: 'frame', text: JSON.stringify([2, 'x', action, payload]) });
    expect(one.replies.at(-1)?.slice(0, 3)).toEqual([4, 'x', code]);
  });
});
