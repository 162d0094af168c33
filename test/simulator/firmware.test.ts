import { describe, expect, it } from 'vitest';
import type { DownloadedFile } from '#simulator/input.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const NOW = '2026-01-15T12:00:00Z';
const IMAGE: DownloadedFile = {
  bytes: 9,
  sha256: 'ab'.repeat(32),
  md5: 'cd'.repeat(16),
  version: '3.5.0',
  signatureValid: null,
};
const status = (reply: unknown[]) => reply[2];
const charger16 = () => new PaperCharger(sandboxCharger('BLR-014')).online();
const charger201 = () => new PaperCharger(sandboxCharger('BLR-015')).online();
const update16 = (one: PaperCharger, rest: object = {}) =>
  one.call('UpdateFirmware', { location: 'http://x/MX-3.5.0.bin', retrieveDate: NOW, ...rest });
const update201 = (one: PaperCharger, firmware: object = {}, rest: object = {}) =>
  status(
    one.call('UpdateFirmware', {
      requestId: 7,
      firmware: { location: 'http://x/y', retrieveDateTime: NOW, ...firmware },
      ...rest,
    }),
  );
const told = (one: PaperCharger, action = 'FirmwareStatusNotification') =>
  one.of(action).map((each) => each['status']);
const downloads = (one: PaperCharger) => one.outputs.filter(({ type }) => type === 'download');
const arrives = (one: PaperCharger, file: DownloadedFile | null = IMAGE) =>
  one.happens({ type: 'downloaded', job: 'firmware', file });

describe('a firmware update', () => {
  it('is downloaded, installed, and booted with, the version new', () => {
    const one = charger16();
    update16(one);
    one.passes(0);
    expect(downloads(one)).toMatchObject([{ url: 'http://x/MX-3.5.0.bin' }]);
    arrives(one).passes(10_000).online();
    expect(told(one)).toEqual(['Downloading', 'Downloaded', 'Installing', 'Installed']);
    expect(one.of('BootNotification').at(-1)).toMatchObject({ firmwareVersion: '3.5.0' });
  });

  it('waits for the times it was given', () => {
    const one = charger201();
    update201(one, {
      retrieveDateTime: '2026-01-15T12:10:00Z',
      installDateTime: '2026-01-15T13:00:00Z',
    });
    one.passes(9 * 60_000);
    expect(told(one)).toEqual(['DownloadScheduled']);
    arrives(one.passes(60_000)).passes(49 * 60_000);
    expect(told(one).slice(1)).toEqual(['Downloading', 'Downloaded', 'InstallScheduled']);
    one.passes(2 * 60_000).online();
    expect(told(one).slice(4)).toEqual(['Installing', 'InstallRebooting', 'Installed']);
    expect(one.of('BootNotification').at(-1)).toMatchObject({ reason: 'FirmwareUpdate' });
    expect(one.of('SecurityEventNotification')).toMatchObject([{ type: 'FirmwareUpdated' }]);
  });

  it('does not cut a charge short', () => {
    const one = charger16().happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'T' });
    update16(one);
    arrives(one.passes(0)).passes(600_000);
    expect(told(one)).toEqual(['Downloading', 'Downloaded']);
    one.happens({ type: 'stop' }).passes(10_000).online();
    expect(told(one).slice(2)).toEqual(['Installing', 'Installed']);
  });

  it('is tried again as often as it may, and then given up', () => {
    const one = charger201();
    update201(one, {}, { retries: 1, retryInterval: 60 });
    arrives(one.passes(0), null);
    expect(downloads(one)).toHaveLength(1);
    arrives(one.passes(60_000), null);
    expect(downloads(one)).toHaveLength(2);
    expect(told(one)).toEqual(['Downloading', 'Downloading', 'DownloadFailed']);
    expect(one.of('FirmwareStatusNotification')).toMatchObject([
      { requestId: 7 },
      { requestId: 7 },
      { requestId: 7 },
    ]);
  });

  it('ends at a wrong signature, which is a security event', () => {
    const one = charger201();
    update201(one);
    arrives(one.passes(0), { ...IMAGE, signatureValid: false }).passes(10_000);
    expect(told(one)).toEqual(['Downloading', 'Downloaded', 'InvalidSignature']);
    expect(one.of('SecurityEventNotification')).toMatchObject([
      { type: 'InvalidFirmwareSignature' },
    ]);
    expect(one.state.spec.firmwareVersion).toBe('3.4.1');
    const trusting = new PaperCharger(sandboxCharger('BLR-015'), { checkSignatures: false });
    update201(trusting.online());
    arrives(trusting.passes(0), { ...IMAGE, signatureValid: false }).passes(10_000);
    expect(told(trusting)).toContain('Installing');
  });

  it('takes the place of one that is not being installed yet', () => {
    const one = charger201();
    expect(update201(one, { retrieveDateTime: '2026-01-15T18:00:00Z' })).toEqual({
      status: 'Accepted',
    });
    expect(update201(one)).toEqual({ status: 'AcceptedCanceled' });
    arrives(one.passes(0)).passes(1000);
    expect(update201(one)).toEqual({ status: 'Rejected' });
  });

  it('is told of where it stands when somebody asks', () => {
    const one = charger201();
    update201(one);
    one.passes(0).call('TriggerMessage', { requestedMessage: 'FirmwareStatusNotification' });
    expect(one.of('FirmwareStatusNotification').at(-1)).toEqual({
      status: 'Downloading',
      requestId: 7,
    });
  });

  it('tells what it could not tell in time after the network is back', () => {
    const one = charger201();
    update201(one);
    one.passes(0).happens({ type: 'disconnected' });
    arrives(one);
    expect(told(one)).toEqual(['Downloading']);
    expect(told(one.online())).toEqual(['Downloading', 'Downloaded']);
  });
});

describe('a firmware image for others', () => {
  const publish = (one: PaperCharger, checksum: string) =>
    status(
      one.call('PublishFirmware', { requestId: 9, location: 'http://x/y', checksum, retries: 0 }),
    );
  const statuses = (one: PaperCharger) => told(one, 'PublishFirmwareStatusNotification');
  const fetched = (one: PaperCharger, file: DownloadedFile | null) =>
    one.passes(0).happens({ type: 'downloaded', job: 'publish', file }).passes(5000);

  it('is fetched, checked, published and taken away', () => {
    const one = charger201();
    expect(publish(one, IMAGE.md5)).toEqual({ status: 'Accepted' });
    one.passes(0);
    const unpublish = () => status(one.call('UnpublishFirmware', { checksum: IMAGE.md5 }));
    expect(unpublish()).toEqual({ status: 'DownloadOngoing' });
    fetched(one, IMAGE);
    expect(statuses(one)).toEqual(['Downloading', 'Downloaded', 'ChecksumVerified', 'Published']);
    expect(one.of('PublishFirmwareStatusNotification').at(-1)).toMatchObject({
      requestId: 9,
      location: ['http://x/y'],
    });
    expect(unpublish()).toEqual({ status: 'Unpublished' });
    expect(unpublish()).toEqual({ status: 'NoFirmware' });
  });

  it.each([
    ['another file than the one meant', IMAGE, ['Downloading', 'Downloaded', 'InvalidChecksum']],
    ['no file at all', null, ['Downloading', 'DownloadFailed']],
  ])('is not published when %s arrives', (_name, file, expected) => {
    const one = charger201();
    publish(one, '0'.repeat(32));
    expect(statuses(fetched(one, file))).toEqual(expected);
    expect(one.state.store.published).toEqual([]);
  });
});
