import { describe, expect, it } from 'vitest';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = (misbehave: Misbehaviour, identity = 'BLR-014') =>
  new PaperCharger(sandboxCharger(identity), { misbehave, lenient: true }).online();
const texts = (one: PaperCharger) =>
  one.outputs.flatMap((output) => (output.type === 'send' ? [output.text] : []));
const beat = (one: PaperCharger) => one.passes(300_000);
const clear = (one: PaperCharger) => one.call('ClearCache', {});

describe('on the wire, a charger that misbehaves', () => {
  it.each([
    ['whitespace', /^ \[2 ,\n\t".*\r\n$/s],
    ['byte_order_mark', /^\uFEFF\[2,"/],
    ['both', /^\uFEFF \[2 ,/],
  ] as const)('puts %s around its frames [gotcha 16]', (sloppyFrames, shape) => {
    expect(texts(charger({ sloppyFrames }))[0]).toMatch(shape);
  });

  it('writes an empty request as null, or not at all [gotcha 13]', () => {
    const last = (emptyPayload: 'null' | 'missing') =>
      texts(beat(charger({ emptyPayload }))).at(-1);
    expect(last('null')).toMatch(/"Heartbeat",null\]$/);
    expect(last('missing')).toMatch(/"Heartbeat"\]$/);
  });

  it('adds fields of its own', () => {
    const [boot] = charger({ extraProperties: true }).of('BootNotification');
    expect(boot).toMatchObject({ vendorExtra: { level: 11 }, chargePointVendor: 'Magma' });
  });

  it('cuts its errors short [gotcha 13]', () => {
    const error = (shortErrors: 'no_details' | 'no_description') =>
      charger({ shortErrors }).call('Levitate', {});
    expect(error('no_details')).toHaveLength(4);
    expect(error('no_description')).toEqual([4, 'p1', 'NotImplemented']);
  });

  it('counts its messages from 1 after every boot [gotcha 11]', () => {
    const one = charger({ restartMessageIds: true });
    one.happens({ type: 'power_cycle' }).passes(5000).online();
    const boots = one.sent.filter(({ action }) => action === 'BootNotification');
    expect(boots.map(({ id }) => id)).toEqual(['1', '1']);
  });

  it('does not wait for answers [gotcha 10]', () => {
    const one = charger({ parallelCalls: true });
    one.answers['Heartbeat'] = () => 'silence';
    beat(one);
    beat(one);
    expect(one.of('Heartbeat')).toHaveLength(2);
    expect(one.state.inFlight).toBeNull();
  });

  it('sends what nobody asked for [gotchas 12 to 14]', () => {
    const kinds = ['result', 'error', 'unknown_type', 'unknown_action'] as const;
    const sent = texts(charger({ strayFrames: [...kinds] })).map((text) => text.slice(0, 3));
    expect(sent).toEqual(expect.arrayContaining(['[3,', '[4,', '[9,', '[2,']));
  });

  it('answers as it is told to, action by action', () => {
    const answer = (how: 'Rejected' | 'InternalError' | 'rubbish') =>
      clear(charger({ answerWith: { ClearCache: how } }));
    expect(answer('Rejected')).toEqual([3, 'p1', { status: 'Rejected' }]);
    expect(answer('InternalError').slice(0, 3)).toEqual([4, 'p1', 'InternalError']);
    const odd = new PaperCharger(sandboxCharger('BLR-014'), {
      misbehave: { answerWith: { ClearCache: 'rubbish' } },
    }).online();
    odd.happens({ type: 'frame', text: '[2,"x","ClearCache",{}]' });
    expect(odd.replies).toEqual([[3, 'x', { outcome: 'maybe' }]]);
  });

  it('answers twice [gotcha 12]', () => {
    const one = charger({ duplicateAnswers: true });
    clear(one);
    expect(one.replies).toHaveLength(2);
  });

  it('closes the connection that is silent, and comes back [gotcha 5]', () => {
    const one = charger({ closeWhenSilentMs: 40_000 }).passes(39_999);
    const hangUps = () => one.outputs.filter(({ type }) => type === 'hang_up').length;
    expect(hangUps()).toBe(0);
    expect(one.passes(1).state.online).toBe(false);
    expect(hangUps()).toBe(1);
  });

  it('hears no call after a silence [gotcha 5]', () => {
    const one = charger({ deafWhenSilentMs: 60_000 });
    expect(clear(one)).toHaveLength(3);
    expect(clear(one.passes(60_000))).toEqual([]);
    expect(clear(one.happens({ type: 'disconnected' }).online())).toHaveLength(3);
  });

  it('speaks before it has booted [gotcha 17]', () => {
    const [first, second] = charger({ talkBeforeBoot: true }).actions();
    expect([first, second]).toEqual(['Heartbeat', 'StatusNotification']);
  });

  it('goes on as if it were accepted [gotcha 17]', () => {
    const one = new PaperCharger(sandboxCharger('BLR-014'), {
      misbehave: { talkWhilePending: true },
    });
    one.answers['BootNotification'] = () => ({
      status: 'Pending',
      currentTime: '2026-01-15T12:00:00Z',
      interval: 60,
    });
    expect(one.online().actions()).toContain('StatusNotification');
  });

  it('tells of no status after it came back [gotcha 29]', () => {
    const one = charger({ noStatusAfterReconnect: true });
    const before = one.of('StatusNotification').length;
    one.happens({ type: 'disconnected' }).happens({ type: 'plug_in' }).online();
    expect(one.of('StatusNotification')).toHaveLength(before);
    one.happens({ type: 'power_cycle' }).passes(5000).online();
    expect(one.of('StatusNotification').length).toBeGreaterThan(before);
  });

  it.each([
    [{ clock1970: true }, '1970-01-15T12:00:00.000Z'],
    [{ clockOffsetMs: 19_800_000 }, '2026-01-15T17:30:00.000Z'],
    [{ timestamps: 'offset' }, '2026-01-15T17:30:00.000+05:30'],
    [{ timestamps: 'microseconds' }, '2026-01-15T12:00:00.000000Z'],
    [{ timestamps: 'whole_seconds' }, '2026-01-15T12:00:00Z'],
    [{ timestamps: 'space' }, '2026-01-15 12:00:00.000Z'],
  ] as const)('tells the time with %j as %s [gotcha 36]', (misbehave, expected) => {
    expect(charger(misbehave).of('StatusNotification')[0]).toMatchObject({ timestamp: expected });
  });

  it('has too long a model, error codes of its own and objects in its data [finding 4]', () => {
    const misbehave = { longModel: true, oddErrorCodes: true, objectInDataTransfer: true };
    const one = charger(misbehave).happens({ type: 'fault', code: 'Error' });
    one.happens({ type: 'data_transfer', vendorId: 'Growatt', data: { a: 1 } });
    expect(String(one.of('BootNotification')[0]?.['chargePointModel']).length).toBeGreaterThan(20);
    expect(one.of('StatusNotification').at(-1)).toMatchObject({ errorCode: 'Error' });
    expect(one.of('DataTransfer')).toEqual([{ vendorId: 'Growatt', data: { a: 1 } }]);
  });

  it('reports without an end, backwards, twice, or without saying what is available [gotcha 41]', () => {
    const report = (...reports: NonNullable<Misbehaviour['reports']>) => {
      const one = charger({ reports }, 'BLR-015');
      one.call('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' });
      return one.of('NotifyReport');
    };
    expect(report('no_tbc').some((part) => 'tbc' in part)).toBe(false);
    const seqNos = report('backwards', 'duplicated').map(({ seqNo }) => Number(seqNo));
    expect(seqNos).toEqual([...seqNos].sort((one, other) => other - one));
    expect(seqNos).toHaveLength(new Set(seqNos).size * 2);
    expect(JSON.stringify(report('no_available'))).not.toContain('{"name":"Available"');
  });

  it('tells of firmware without a number, twice and late [gotcha 40]', () => {
    const one = charger({ firmware: ['no_request_id', 'repeated', 'late'] }, 'BLR-015');
    const firmware = { location: 'http://x/y', retrieveDateTime: '2026-01-15T12:00:00Z' };
    one.call('UpdateFirmware', { requestId: 4, firmware });
    expect(one.passes(59_000).of('FirmwareStatusNotification')).toEqual([]);
    const twice = [{ status: 'Downloading' }, { status: 'Downloading' }];
    expect(one.passes(1000).of('FirmwareStatusNotification')).toEqual(twice);
  });

  it('asks for a certificate again and again [gotcha 43]', () => {
    const one = charger({ repeatCsr: 2 });
    one.happens({ type: 'csr', use: 'station', pem: 'CSR', privateKey: 'KEY' });
    expect(one.of('SignCertificate')).toHaveLength(3);
  });
});
