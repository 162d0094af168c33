import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const status = (reply: unknown[]) => reply[2];
const accepted = (idTag: string, rest: object = {}) => ({
  idTag,
  idTagInfo: { status: 'Accepted', ...rest },
});
const charger = (variables: Record<string, string> = {}) =>
  new PaperCharger(sandboxCharger('BLR-014'), { variables }).online();
const send = (
  one: PaperCharger,
  listVersion: number,
  updateType: string,
  localAuthorizationList: object[] = [],
) => status(one.call('SendLocalList', { listVersion, updateType, localAuthorizationList }));
const version = (one: PaperCharger) => status(one.call('GetLocalListVersion', {}));

describe('the local list of a charger', () => {
  it('is replaced by a full update and changed by a differential one', () => {
    const one = charger();
    expect(version(one)).toEqual({ listVersion: 0 });
    expect(send(one, 3, 'Full', [accepted('A'), accepted('B')])).toEqual({ status: 'Accepted' });
    expect(send(one, 4, 'Differential', [{ idTag: 'b' }, accepted('C')])).toEqual({
      status: 'Accepted',
    });
    expect(version(one)).toEqual({ listVersion: 4 });
    expect(one.state.store.localList.tags.map(({ id }) => id)).toEqual(['A', 'C']);
  });

  it('refuses a difference to a version it is past, and keeps what it has', () => {
    const one = charger();
    send(one, 3, 'Full', [accepted('A')]);
    expect(send(one, 3, 'Differential', [accepted('B')])).toEqual({ status: 'VersionMismatch' });
    expect(version(one)).toEqual({ listVersion: 3 });
  });

  it.each([
    ['a message that is too long', { SendLocalListMaxLength: '1' }, [accepted('A'), accepted('B')]],
    [
      'a list that would be too long',
      { LocalAuthListMaxLength: '1' },
      [accepted('A'), accepted('B')],
    ],
    ['a tag that is there twice', {}, [accepted('A'), accepted('a')]],
    ['a full list with a tag to take off', {}, [{ idTag: 'A' }]],
  ])('fails on %s', (_name, variables, list) => {
    expect(send(charger(variables), 1, 'Full', list)).toEqual({ status: 'Failed' });
  });

  it('says that there is none where it is switched off', () => {
    const one = charger({ LocalAuthListEnabled: 'false' });
    expect(send(one, 1, 'Full')).toEqual({ status: 'NotSupported' });
    expect(version(one)).toEqual({ listVersion: -1 });
  });

  it('decides who may charge while nobody can be asked', () => {
    const one = charger();
    send(one, 1, 'Full', [
      accepted('KNOWN'),
      { idTag: 'STOLEN', idTagInfo: { status: 'Blocked' } },
      accepted('OLD', { expiryDate: '2026-01-01T00:00:00Z' }),
    ]);
    one.happens({ type: 'disconnected' }).happens({ type: 'plug_in' });
    for (const tag of ['STOLEN', 'OLD', 'UNHEARD']) one.happens({ type: 'tap', tag });
    expect(one.state.connectors[0]?.session).toBeNull();
    one.happens({ type: 'tap', tag: 'known' });
    expect(one.state.connectors[0]?.session?.tag.id).toBe('known');
  });

  it('lets a known tag begin without asking, where it is to be so', () => {
    const one = charger({ LocalPreAuthorize: 'true' });
    send(one, 1, 'Full', [accepted('KNOWN')]);
    one.happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'KNOWN' });
    expect(one.actions()).not.toContain('Authorize');
    expect(one.of('StartTransaction')).toHaveLength(1);
  });

  it('lets somebody of the same group stop', () => {
    const one = charger();
    send(one, 1, 'Full', [
      accepted('HERS', { parentIdTag: 'FAMILY' }),
      accepted('HIS', { parentIdTag: 'FAMILY' }),
    ]);
    one.answers['Authorize'] = () => ({
      idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' },
    });
    one.happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'HERS' });
    one.happens({ type: 'tap', tag: 'HIS' });
    expect(one.of('StopTransaction')).toMatchObject([{ reason: 'Local' }]);
  });

  it('is kept by 2.0.1 in the same way', () => {
    const one = new PaperCharger(sandboxCharger('BLR-015')).online();
    const entry = (idToken: string) => ({
      idToken: { idToken, type: 'ISO14443' },
      idTokenInfo: { status: 'Accepted' },
    });
    const request = {
      versionNumber: 2,
      updateType: 'Full',
      localAuthorizationList: [entry('A'), entry('B')],
    };
    expect(status(one.call('SendLocalList', request))).toEqual({ status: 'Accepted' });
    const late = { ...request, updateType: 'Differential' };
    expect(status(one.call('SendLocalList', late))).toEqual({ status: 'VersionMismatch' });
    expect(status(one.call('GetLocalListVersion', {}))).toEqual({ versionNumber: 2 });
  });
});
