import { describe, expect, it } from 'vitest';
import type { FirmwareUpdateStatus } from '#shared/firmware/firmware-update.ts';
import { type FirmwareReport, statusAfter } from '#shared/firmware/update-progress.ts';

const at = '2026-06-01T10:00:00.000Z';
const known = (status: FirmwareUpdateStatus, begun = false) => ({
  status,
  started_at: begun ? at : null,
  version: '4.3.0',
  previous_version: '4.2.1',
});
const named = { isNamed: true, runs: '4.2.1' };
const unnamed = { isNamed: false, runs: '4.2.1' };

describe('what a report makes of an update', () => {
  it.each([
    ['sent', 'downloading', 'downloading'],
    ['downloading', 'downloaded', 'downloaded'],
    ['downloaded', 'installing', 'installing'],
    ['installing', 'rebooting', 'rebooting'],
    ['rebooting', 'installed', 'installed'],
    ['sent', 'installing', 'installing'],
    ['downloading', 'install_scheduled', 'downloaded'],
    ['sent', 'download_failed', 'download_failed'],
    ['downloaded', 'signature_invalid', 'signature_invalid'],
    ['installing', 'verification_failed', 'install_failed'],
  ] as const)('brings it from %s by %s to %s', (status, report, next) => {
    expect(statusAfter(known(status, true), report, unnamed)).toBe(next);
  });

  // Gotcha 40: they come late, twice and out of order.
  it.each([
    ['installing', 'downloading'],
    ['rebooting', 'downloaded'],
    ['downloading', 'downloading'],
    ['installed', 'installed'],
    ['installed', 'download_failed'],
    ['installed', 'downloading'],
    ['download_failed', 'downloading'],
    ['timed_out', 'installing'],
    ['canceled', 'installed'],
    ['sent', 'download_scheduled'],
    ['downloading', 'idle'],
    ['sent', 'idle'],
  ] as const)('leaves it at %s on %s', (status, report) => {
    expect(statusAfter(known(status, true), report, named)).toBeUndefined();
  });

  it.each(['download_failed', 'install_failed', 'timed_out', 'rejected'] as const)(
    'overturns %s by success alone',
    (status) => {
      const reports: FirmwareReport[] = [
        'downloading',
        'installing',
        'rebooting',
        'install_failed',
      ];
      for (const report of reports)
        expect(statusAfter(known(status), report, named)).toBeUndefined();
      expect(statusAfter(known(status), 'installed', named)).toBe('installed');
    },
  );
});

// Gotcha 40: OCPP 1.6 does not say which update it talks of, and repeats the last after a restart.
describe('a report that names no update', () => {
  it('is no success of one that has not begun, unless the charger runs what it should', () => {
    const installed = (runs: string | null, status: FirmwareUpdateStatus = 'sent') =>
      statusAfter(known(status), 'installed', { isNamed: false, runs });
    expect(installed('4.2.1')).toBeUndefined();
    expect(installed(null)).toBeUndefined();
    expect(installed('4.4.0')).toBeUndefined();
    expect(installed('4.3.0')).toBe('installed');
    expect(installed('4.2.1', 'scheduled')).toBeUndefined();
  });

  it('is no failure of one that the charger has not agreed to yet', () => {
    expect(statusAfter(known('scheduled'), 'install_failed', unnamed)).toBeUndefined();
    expect(statusAfter(known('scheduled'), 'install_failed', named)).toBe('install_failed');
    expect(statusAfter(known('scheduled'), 'downloading', unnamed)).toBe('downloading');
  });

  it('is believed by any other version where none was told beforehand', () => {
    const of = { ...known('sent'), version: null };
    const told = (runs: string) => statusAfter(of, 'installed', { isNamed: false, runs });
    expect(told('4.2.1')).toBeUndefined();
    expect(told('whatever')).toBe('installed');
  });

  // The same version anew: what it runs proves nothing.
  it('is not believed by the version it had before', () => {
    const of = { ...known('sent'), previous_version: '4.3.0' };
    const evidence = { isNamed: false, runs: '4.3.0' };
    expect(statusAfter(of, 'installed', evidence)).toBeUndefined();
    expect(statusAfter({ ...of, started_at: at }, 'installed', evidence)).toBe('installed');
  });
});
