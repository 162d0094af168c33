import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = (identity = 'BLR-015') => new PaperCharger(sandboxCharger(identity)).online();
const getLog = (one: PaperCharger, requestId: number, rest: object = {}) =>
  one.call('GetLog', {
    requestId,
    logType: 'DiagnosticsLog',
    log: { remoteLocation: 'http://x/y' },
    ...rest,
  })[2];
const told = (one: PaperCharger, action = 'LogStatusNotification') =>
  one.of(action).map((each) => each['status']);
const uploads = (one: PaperCharger) =>
  one.outputs.flatMap((output) => (output.type === 'upload' ? [output] : []));

describe('a log that was asked for', () => {
  it('is uploaded under the name that was answered', () => {
    const one = charger();
    const answer = getLog(one, 7);
    one.passes(0).happens({ type: 'uploaded', outcome: 'stored' });
    const [upload] = uploads(one);
    expect(answer).toEqual({ status: 'Accepted', filename: upload?.fileName });
    expect(upload).toMatchObject({ url: 'http://x/y' });
    expect(upload?.body).toContain('"log":"diagnostics"');
    expect(one.of('LogStatusNotification')).toEqual([
      { status: 'Uploading', requestId: 7 },
      { status: 'Uploaded', requestId: 7 },
    ]);
  });

  it.each([
    ['refused', 'PermissionDenied'],
    ['failed', 'UploadFailure'],
    ['unsupported', 'NotSupportedOperation'],
  ] as const)('that is %s on its way ends as %s', (outcome, expected) => {
    const one = charger();
    getLog(one, 7);
    one.passes(0).happens({ type: 'uploaded', outcome });
    expect(told(one)).toEqual(['Uploading', expected]);
  });

  it('is tried again as often as it may', () => {
    const one = charger();
    getLog(one, 7, { retries: 1, retryInterval: 60 });
    one.passes(0).happens({ type: 'uploaded', outcome: 'failed' });
    one.passes(60_000).happens({ type: 'uploaded', outcome: 'stored' });
    expect(told(one)).toEqual(['Uploading', 'Uploading', 'Uploaded']);
  });

  it('is cancelled by the next one', () => {
    const one = charger();
    getLog(one, 7);
    one.passes(0);
    expect(getLog(one, 8)).toMatchObject({ status: 'AcceptedCanceled' });
    one.passes(0);
    expect(one.of('LogStatusNotification')).toEqual([
      { status: 'Uploading', requestId: 7 },
      { status: 'AcceptedCanceled', requestId: 7 },
      { status: 'Uploading', requestId: 8 },
    ]);
  });

  it('of security holds the events of the time asked for', () => {
    const one = charger();
    one.happens({ type: 'security_event', event: 'TamperDetectionActivated' });
    one.passes(60_000).happens({ type: 'security_event', event: 'FailedToAuthenticateAtCsms' });
    const log = { remoteLocation: 'http://x/y', oldestTimestamp: '2026-01-15T12:00:30Z' };
    getLog(one, 7, { logType: 'SecurityLog', log });
    one.passes(0);
    expect(uploads(one)[0]?.body).toContain('FailedToAuthenticateAtCsms');
    expect(uploads(one)[0]?.body).not.toContain('TamperDetectionActivated');
  });

  it('of 1.6 has messages of its own when it is diagnostics', () => {
    const one = charger('BLR-014');
    const [, , answer] = one.call('GetDiagnostics', { location: 'http://x/y' });
    one.passes(0).happens({ type: 'uploaded', outcome: 'refused' });
    expect(answer).toEqual({ fileName: uploads(one)[0]?.fileName });
    expect(told(one, 'DiagnosticsStatusNotification')).toEqual(['Uploading', 'UploadFailed']);
    expect(told(one)).toEqual([]);
  });
});
